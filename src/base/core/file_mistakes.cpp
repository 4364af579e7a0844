#include "base/core/file_mistakes.h"

#include <algorithm>

namespace inkling::base {

// A sentence repeats what the file says, and that may hold line breaks; a mistake is one line all the same.
void FileMistakes::add(int line, std::string sentence) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  std::replace_if(sentence.begin(), sentence.end(), is_control, '?');
  mistakes_.emplace_back(line, std::move(sentence));
}

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
