// The published JSON Schema of scene files, made of the stages' own tables: what checks a scene also describes it.
// Not for checks of order between stages, which a schema cannot tell. Thread safety: pure functions.
#pragma once

#include <span>
#include <string_view>

#include "base/core/json.h"
#include "scene/scene_file.h"

namespace inkling::scene {

[[nodiscard]] std::span<const std::string_view> scene_keys();
[[nodiscard]] base::Json scene_schema(StageBlueprints stages);

}  // namespace inkling::scene
