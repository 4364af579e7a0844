// Collects everything that is wrong with a file that a person wrote, so that its author sees all of it at once.
// Not for run-time errors. Thread safety: plain value. Wasm-clean.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/core/result.h"

namespace inkling::base {

class FileMistakes {
 public:
  explicit FileMistakes(std::string shown_name) : shown_name_(std::move(shown_name)) {}

  // `line` counts from 1. The sentence starts with the key: "deadline_ms: ...". Control characters in it become '?'.
  void add(int line, std::string sentence);
  [[nodiscard]] bool empty() const { return mistakes_.empty(); }

  // One "<file>:<line>: <sentence>" a line, in the order of the file; ok when there is none.
  [[nodiscard]] Status status() const;

 private:
  std::string shown_name_;
  std::vector<std::pair<int, std::string>> mistakes_;
};

}  // namespace inkling::base
