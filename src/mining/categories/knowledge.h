// What people know of words, told in a file: which words are kinds of which (家电: 电视, 冰箱), and templates that
// make names of categories from them ("{}维修"). Not a knowledge graph: one step down, no more.
//
// The file is YAML: `hyponyms`, an object of lists, and `templates`, a list of texts with one "{}" each.
// Ownership: plain values. Thread safety: plain values. Failure: kInvalidInput with file and line, kNotFound, kIo.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace inkling::categories {

struct Hyponyms {
  std::string word;                // 家电
  std::vector<std::string> kinds;  // 电视, 冰箱
};

struct Knowledge {
  std::vector<Hyponyms> hyponyms;
  std::vector<std::string> templates;
};

[[nodiscard]] base::Result<Knowledge> parse_knowledge(std::string_view yaml, const std::string& shown_name);
[[nodiscard]] base::Result<Knowledge> read_knowledge(const std::string& path);

// "{}维修" and 电视: 电视维修.
[[nodiscard]] std::string filled(std::string_view name_template, std::string_view word);

}  // namespace inkling::categories
