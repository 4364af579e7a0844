// Reads a scene file and checks all of it before anything runs:
//
//   scene: coupon                   # the name of its folder
//   description: Who gets the surprise coupon.
//   deadline_ms: 20
//   stages:                         # kind/name: {parameters}, run in this order
//     - understand/intent: {model: dipn, target: purchase_1h}
//     - decide/band: {target: purchase_1h, low: 0.05, high: 0.60, offer: surprise-coupon}
//   fallback:                       # tried in this order when a stage fails or the deadline passes
//     - decide/never: {reason: intent_unavailable}
//     - [recall/popular, display/plain]   # a rung may also be a list of stages
//     - [*found, rank/blend]              # a list in a list stands for its stages, so that an anchor shares them
//   impressions: true               # optional: whether answers with items are journaled
//
// A rung starts from empty slots and runs to its end without deadline: it must be cheap and write the same answer as
// the stages. Failure: kInvalidInput with every mistake, one sentence a line: "<file>:<line>: <key>: <what was
// found>; <what is allowed>". Thread safety: any thread. Cost: milliseconds, at start-up.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "scene/plan.h"
#include "scene/stage.h"

namespace inkling::scene {

inline constexpr std::int64_t kMaxDeadlineMs = 60'000;
inline constexpr std::size_t kMaxSceneBytes = 256 * 1024;

using StageBlueprints = std::span<const StageBlueprint* const>;

// `path` is the file, or its folder (then <path>/scene.yaml). kNotFound when there is none.
[[nodiscard]] base::Result<Plan> load_scene(const std::string& path, StageBlueprints stages);

// Every <folder>/*/scene.yaml, by name; the mistakes of all of them together.
[[nodiscard]] base::Result<std::vector<Plan>> load_scenes(const std::string& folder, StageBlueprints stages);

// The same from memory. `shown_name` is what messages call the file.
[[nodiscard]] base::Result<Plan> parse_scene(std::string_view yaml, const std::string& shown_name,
                                             StageBlueprints stages);

}  // namespace inkling::scene
