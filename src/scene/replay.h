// Replay files: one example of a scene that anyone can read and check. scenes/<name>/replay/*.json:
//
//   {
//     "says": "Anna may or may not buy (31 %), so the coupon is offered.",
//     "request": {"shopper": "anna"},
//     "model_answers": {"dipn": {"purchase_1h": 0.31, "purchase_7d": 0.44}},   // one that is left out is not live
//     "rankers": ["add_on_gbdt"],                 // optional: live too, as fixed_ranker.h over the events' purchases
//     "tags": {"nodes": {"tag/a": 9}, "edges": []},      // optional: the live tag graph (replay_tags.h)
//     "events": [{"type": "item", "id": "e1", ...}],     // optional: what was told before, in the wire form
//     "each_stage_takes_ms": 0,                          // optional
//     "expect": {"offer": true, "what": "surprise-coupon", "reason": "inside_band", "fallback": null}
//   }
//
// "expect" names what is compared, at least one of: offer, what, reason, probability, fallback (the rung, or null for
// "as written"), items (ids in order), reasons (of each item). The marketplace and the shopper's state are what the
// events fold to, and it is the moment of the newest of them. Failure: kInvalidInput naming the file, the field and
// both values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/core/result.h"
#include "scene/plan.h"
#include "scene/request.h"
#include "scene/tagged_items.h"

namespace inkling::scene {

struct ReplayModel {
  std::string model;
  std::vector<std::pair<std::string, float>> target_probs;
};

struct ReplayExpectation {
  std::optional<bool> offer;
  std::optional<std::string> what;
  std::optional<std::string> reason;
  std::optional<std::optional<float>> probability;  // inner nullopt: none
  std::optional<std::string> fallback;              // "": answered as written
  std::optional<std::vector<std::string>> items;
  std::optional<std::vector<std::string>> reasons;  // of each item, joined by ", "
};

struct ReplayCase {
  std::string file;
  std::string says;
  Request request;
  std::vector<ReplayModel> models;
  std::vector<std::string> rankers;
  std::optional<LiveTags> tags;
  std::vector<domain::Event> events;
  std::int64_t each_stage_takes_ms = 0;
  ReplayExpectation expect;
};

[[nodiscard]] base::Result<ReplayCase> load_replay(const std::string& path);
[[nodiscard]] base::Result<ReplayCase> parse_replay(std::string_view json, const std::string& shown_name);

// Runs the case; not ok when the answer differs, naming every difference.
[[nodiscard]] base::Status check_replay(const Plan& plan, const ReplayCase& replay);

}  // namespace inkling::scene
