// Lines of posts to mine. Every line is counted, left out for a reason or bad with one; the words that are counted
// are in order, and stand in the texts as often as is said.
#include <numeric>
#include <string>

#include "fuzz/property.h"
#include "mining/slice.h"
#include "mining/word_lists.h"

namespace inkling::fuzz {
namespace {

void check_slice(std::string_view input) {
  const auto slice = mining::count_slice(input);
  must(slice.ok(), "a slice is counted", slice.status().message());
  const mining::Tally& tally = slice->tally;
  const auto skipped = std::accumulate(tally.skipped.begin(), tally.skipped.end(), std::uint64_t{0});
  must(tally.counted + skipped + tally.bad == tally.lines, "every line is told of");
  must(tally.counted == slice->counts.text_cell.size(), "counted texts are kept");
  for (const auto& line : tally.bad_lines) must(!line.reason.empty(), "a bad line has its reason");
  const mining::SliceCounts& counts = slice->counts;
  const auto word = [&](std::size_t i) {
    return std::string_view(counts.word_bytes.data() + counts.word_start[i],
                            counts.word_start[i + 1] - counts.word_start[i]);
  };
  for (std::size_t i = 0; i < counts.words.texts.size(); ++i) {
    must(i == 0 || word(i - 1) < word(i), "words are in order", word(i));
    must(counts.words.texts[i] >= 1 && counts.words.texts[i] <= tally.counted, "a word stands in texts", word(i));
    must(counts.words.example_start[i] < counts.words.example_start[i + 1], "a word has a sentence", word(i));
  }
  for (std::size_t i = 0; i < counts.words.example_rank.size(); ++i) {
    must(counts.words.example_begin[i] + counts.words.example_bytes[i] <= counts.text_bytes.size(),
         "a sentence is in the texts");
    must(counts.words.example_bytes[i] <= tag::kMaxExampleBytes, "a sentence is short");
  }
}

void check_lists(std::string_view input) {
  const auto synonyms = mining::parse_synonyms(input, "synonyms");
  if (!synonyms.ok()) {
    must(synonyms.status().message().starts_with("synonyms:"), "a mistake has its line");
    return;
  }
  for (const auto& [word, meaning] : *synonyms) must(!word.empty() && !meaning.empty(), "words are not empty");
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  inkling::fuzz::check_slice(inkling::fuzz::as_text(data, size));
  inkling::fuzz::check_lists(inkling::fuzz::as_text(data, size));
  return 0;
}
