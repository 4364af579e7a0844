#include "scene/scene_mistakes.h"

#include <algorithm>

namespace inkling::scene {

base::Status SceneMistakes::status() const {
  if (mistakes_.empty()) return {};
  auto sorted = mistakes_;
  std::ranges::stable_sort(sorted, {}, &std::pair<int, std::string>::first);
  std::string message;
  for (const auto& [line, sentence] : sorted) {
    message += (message.empty() ? "" : "\n") + file_ + ":" + std::to_string(line) + ": " + sentence;
  }
  return base::invalid_input(std::move(message));
}

}  // namespace inkling::scene
