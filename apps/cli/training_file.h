// A training file (YAML) says everything about a training run that is not data. All members are optional:
//
//   model: dipn
//   points, horizons, more_actions, split         # src/sample/sample_plan.h
//   session_gap: 30m                # silence that ends a session; none: a shopper's whole history is one session
//   utc_offset: "+08:00"            # whose hours, weekdays and days
//   views: [{view: browse, window: 50, features: [{source: action, encoder: {kind: index, size: 22}}, ...]}, ...]
//   statistics: [{source: count.view.7d, encoder: {kind: number}}, ...]       # src/feature/source.h names them
//   params: {hidden: 64, ...}       # the model's params.yaml; under what a variant presets
//
// Failure: every mistake at once, each with file, line, key, the value found and what would be right.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"
#include "feature/blueprint.h"
#include "sample/replay.h"
#include "sample/sample_plan.h"

namespace inkling::cli {

struct TrainingFile {
  std::string model = "dipn";  // a name of the zoo (apps/cli/zoo.h)
  sample::SamplePlan plan;
  feature::BlueprintSpec blueprint;
  bool has_views = false;
  base::Json params;  // as written, and checked; null when not given
};

inline constexpr std::array<std::string_view, 10> kTrainingKeys = {
    "model",       "points",     "horizons", "more_actions", "split",
    "session_gap", "utc_offset", "views",    "statistics",   "params"};

// `path` empty: all defaults. `model`, unless empty, stands above the file's.
[[nodiscard]] base::Result<TrainingFile> load_training_file(const std::string& path, const std::string& model = {});

// The same from members that stand elsewhere: a suite's `training`. Errors name the path inside them.
[[nodiscard]] base::Result<TrainingFile> training_file_from(const base::JsonView& members, const std::string& model);

// The published feature lists (models.md A.2) for the views that a log has: browse always, touch views with gestures.
[[nodiscard]] std::vector<feature::ViewSpec> default_views(bool with_gestures);
[[nodiscard]] std::vector<feature::FeatureSpec> default_statistics();

}  // namespace inkling::cli
