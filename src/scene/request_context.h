// What a request's context says under a key. Thread safety: pure. Cost: one pass over at most kMaxContextEntries.
#pragma once

#include <string_view>

#include "scene/request.h"

namespace inkling::scene {

// "": not said. Lives as long as the request.
[[nodiscard]] inline std::string_view said_in_context(const Request& request, std::string_view key) {
  for (const auto& [name, value] : request.context) {
    if (name == key) return value;
  }
  return {};
}

}  // namespace inkling::scene
