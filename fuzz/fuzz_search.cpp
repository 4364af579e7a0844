// What stands in titles and what somebody types into the search field, from strangers both: any bytes give bounded
// words, a title is found by its own words, and nothing is found that another title does not have.
#include <algorithm>
#include <string>
#include <string_view>

#include "fuzz/property.h"
#include "index/title_index.h"
#include "text/words.h"

namespace inkling::fuzz {
namespace {

bool finds(const index::TitleSnapshot& titles, std::string_view query, std::uint32_t row) {
  const auto matches = titles.search(index::parse_title_query(query));
  return std::ranges::find(matches, row, &index::TitleMatch::row) != matches.end();
}

void check(std::string_view input) {
  const std::size_t half = input.size() / 2;
  std::string title(input.substr(0, half));
  std::ranges::replace(title, '"', ' ');
  const auto words = text::words_of(title);
  must(words.size() <= text::kMaxWords, "a text has a bounded number of words", title);
  index::TitleIndex index;
  index.set(0, title);
  index.set(1, input);
  const index::TitleSnapshot titles = index.publish();
  static_cast<void>(finds(titles, input, 0));
  static_cast<void>(finds(titles, input.substr(half), 1));
  for (const auto& word : words) {
    must(!word.empty() && word.size() <= text::kMaxWordBytes, "a word is bounded and is one", word);
  }
  if (words.empty() || words.size() == text::kMaxWords) return;
  must(finds(titles, '"' + title + '"', 0), "a title is found by itself", title);
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  inkling::fuzz::check(inkling::fuzz::as_text(data, size));
  return 0;
}
