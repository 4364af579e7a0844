// What stands behind the C ABI's handle. Internal to apps/edge.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "apps/edge/engine.h"
#include "apps/edge/inkling_edge.h"
#include "base/core/result.h"

struct inkling_edge {
  std::unique_ptr<inkling::edge::Engine> engine;
  std::string error;
  std::string info;
  std::string text;                               // of explain or take_gestures
  std::vector<inkling::gesture::Sample> samples;  // of the call under way
};

namespace inkling::edge {

// A function, so that no initialiser runs before main().
[[nodiscard]] std::string& create_error();
// The status as the ABI has it; its sentence is kept.
int32_t answer(inkling_edge& edge, const base::Status& status);

}  // namespace inkling::edge
