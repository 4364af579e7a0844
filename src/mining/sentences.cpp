#include "mining/sentences.h"

#include "tag/kinds.h"
#include "text/letter_kind.h"

namespace inkling::mining {
namespace {

constexpr std::size_t kLongBytes = 120;

bool is_stop(char32_t letter) {
  return letter == U'。' || letter == U'!' || letter == U'?' || letter == U';';
}
bool is_comma(char32_t letter) {
  return letter == U',' || letter == U'、' || letter == U' ';
}

}  // namespace

void cut_sentences(std::string_view text, std::vector<Sentence>& out) {
  out.clear();
  std::uint32_t begin = 0, at = 0;
  const auto end_at = [&](std::uint32_t end) {
    if (end > begin) out.push_back({begin, end});
    begin = end;
  };
  while (at < text.size()) {
    const text::Letter letter = text::first_letter(text.substr(at));
    if (at + letter.bytes - begin > tag::kMaxExampleBytes) end_at(at);
    at += letter.bytes;
    if (is_stop(letter.code) || (at - begin > kLongBytes && is_comma(letter.code))) end_at(at);
  }
  end_at(at);
}

}  // namespace inkling::mining
