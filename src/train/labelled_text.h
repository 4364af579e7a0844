// Texts that people labelled, as taggers learn from them: spans with a type, pairs of spans with a relation, and one
// label of the whole text. The file is JSON Lines, docs/formats.md "Labelled texts".
//
// Offsets count Unicode code points from 0, `end` is behind the last. Names of types, relations and labels are kept
// once, in alphabetical order, and meant by their place there. Thread safety: plain values. Cost: some 20 MB/s; about
// three times the file while it is read. Failure: kInvalidInput, one sentence a mistake that names file, line, member
// and value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace inkling::train {

struct TextSpan {
  std::uint32_t begin = 0, end = 0;
  std::uint32_t type = 0;
  friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

struct TextPair {
  std::uint32_t first = 0, second = 0;  // of the text's spans
  std::uint32_t relation = 0;
  friend bool operator==(const TextPair&, const TextPair&) = default;
};

struct LabelledText {
  std::string text;
  std::vector<TextSpan> spans;
  std::vector<TextPair> pairs;
  std::optional<std::uint32_t> label;
};

struct LabelledTexts {
  std::vector<LabelledText> texts;
  std::vector<std::string> types, relations, labels;
};

// `file` is what messages call it.
[[nodiscard]] base::Result<LabelledTexts> parse_labelled_texts(std::string_view json_lines, const std::string& file);
[[nodiscard]] base::Result<LabelledTexts> read_labelled_texts(const std::string& path);

// A stable share of texts for measuring: by a hash of the text, so that equal texts are on the same side.
[[nodiscard]] bool is_held_out(std::string_view text, double share);

}  // namespace inkling::train
