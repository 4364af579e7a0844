// A scene file as its author wrote it: names, texts and lines, nothing resolved yet. Internal to src/scene.
// Failure: mistakes of form (duplicate and unknown keys, wrong shapes) are collected; kInvalidInput when the text is
// no YAML at all.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/file_mistakes.h"
#include "base/core/result.h"
#include "scene/parameter.h"

namespace inkling::scene {

struct WrittenStage {
  std::string id;  // "decide/band"
  int line = 0;
  std::vector<RawParameter> parameters;
  std::vector<int> parameter_lines;  // one per parameter
};

using WrittenSequence = std::vector<WrittenStage>;

struct WrittenScene {
  std::string name;
  int name_line = 1;
  std::string description;
  std::int64_t deadline_ms = 0;
  int stages_line = 1;
  WrittenSequence stages;
  std::vector<WrittenSequence> fallback;  // rungs
  bool impressions = true;
  bool check_live = false;
};

// The keys of a scene file; the first kNeededSceneKeys must be there.
inline constexpr std::array<std::string_view, 7> kSceneKeys = {"scene",    "description", "deadline_ms", "stages",
                                                               "fallback", "impressions", "check"};
inline constexpr std::size_t kNeededSceneKeys = 5;
inline constexpr std::string_view kSceneNameLetters = "abcdefghijklmnopqrstuvwxyz0123456789-_";
[[nodiscard]] std::span<const ParameterSpec> deadline_spec();
[[nodiscard]] std::span<const ParameterSpec> impressions_spec();
[[nodiscard]] std::span<const ParameterSpec> check_spec();

// What could be read; complete only when `mistakes` stayed as it was.
[[nodiscard]] base::Result<WrittenScene> read_scene_yaml(std::string_view yaml, const std::string& shown_name,
                                                         base::FileMistakes& mistakes);

}  // namespace inkling::scene
