// Texts that people labelled. Either a mistake is told with its line, or every span lies in its text, every pair
// joins two of its spans, and names are in order and each used.
#include <algorithm>
#include <string>

#include "base/core/utf8.h"
#include "fuzz/property.h"
#include "train/labelled_text.h"

namespace inkling::fuzz {
namespace {

void check_names(const std::vector<std::string>& names) {
  must(std::ranges::is_sorted(names), "names are in order");
  must(std::ranges::adjacent_find(names) == names.end(), "no name stands twice");
}

void check_text(const train::LabelledText& text, const train::LabelledTexts& all) {
  std::vector<base::CodePoint> characters;
  base::append_code_points(text.text, text.text.size(), characters);
  for (const train::TextSpan& span : text.spans) {
    must(span.begin < span.end && span.end <= characters.size(), "a span lies in its text", text.text);
    must(span.type < all.types.size(), "a span has a type");
  }
  for (const train::TextPair& pair : text.pairs) {
    must(pair.first < text.spans.size() && pair.second < text.spans.size(), "a pair joins spans", text.text);
    must(pair.relation < all.relations.size(), "a pair has a relation");
  }
  if (text.label) must(*text.label < all.labels.size(), "a label has a name");
}

void check(std::string_view input) {
  const auto read = train::parse_labelled_texts(input, "texts");
  if (!read.ok()) return must(read.status().message().starts_with("texts:"), "a mistake has its line");
  check_names(read->types);
  check_names(read->relations);
  check_names(read->labels);
  for (const train::LabelledText& text : read->texts) check_text(text, *read);
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  inkling::fuzz::check(inkling::fuzz::as_text(data, size));
  return 0;
}
