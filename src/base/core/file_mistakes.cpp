#include "base/core/file_mistakes.h"

#include <algorithm>

namespace inkling::base {

Status FileMistakes::status() const {
  if (mistakes_.empty()) return {};
  auto sorted = mistakes_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string message;
  for (const auto& [line, sentence] : sorted) {
    message += (message.empty() ? "" : "\n") + shown_name_ + ":" + std::to_string(line) + ": " + sentence;
  }
  return invalid_input(std::move(message));
}

}  // namespace inkling::base
