// Every stage of this build. The definition is generated at configure time from the folders under plugins/stages
// (cmake/Components.cmake) and lives in the library inkling::stages; the core itself never calls it.
// Thread safety: any thread. Ownership: static.
#pragma once

#include <span>

#include "scene/stage.h"

namespace inkling::plugins {

// In alphabetical order of kind and name.
[[nodiscard]] std::span<const scene::StageBlueprint* const> stages();

}  // namespace inkling::plugins
