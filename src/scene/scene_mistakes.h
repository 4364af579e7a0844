// Collects everything that is wrong with a scene file, so that its author sees all of it at once.
// Not for run-time errors. Thread safety: plain value.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/core/result.h"

namespace inkling::scene {

class SceneMistakes {
 public:
  explicit SceneMistakes(std::string file) : file_(std::move(file)) {}

  // `line` counts from 1. The sentence starts with the key: "deadline_ms: ...".
  void add(int line, std::string sentence) { mistakes_.emplace_back(line, std::move(sentence)); }
  [[nodiscard]] bool empty() const { return mistakes_.empty(); }
  [[nodiscard]] std::size_t size() const { return mistakes_.size(); }

  // One "<file>:<line>: <sentence>" a line, in the order of the file; ok when there is none.
  [[nodiscard]] base::Status status() const;

 private:
  std::string file_;
  std::vector<std::pair<int, std::string>> mistakes_;
};

}  // namespace inkling::scene
