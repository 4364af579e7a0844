// A training file (YAML) says everything about a training run that is not data. All members are optional:
//
//   model: dipn
//   points, horizons, split         # src/sample/sample_plan.h
//   session_gap: 30m                # silence that ends a session; none: a shopper's whole history is one session
//   utc_offset: "+08:00"            # whose hours, weekdays and days
//   views: [{view: browse, window: 50, features: [{source: action, encoder: {kind: index, size: 22}}, ...]}, ...]
//   statistics: [{source: count.view.7d, encoder: {kind: number}}, ...]       # src/feature/source.h names them
//   params: {hidden: 64, ...}       # the model's params.yaml
//
// Failure: every mistake names file, line, key, the value found and what would be right.
#pragma once

#include <memory>
#include <string>

#include "base/core/json.h"
#include "base/core/result.h"
#include "base/yaml_document.h"
#include "feature/blueprint.h"
#include "sample/replay.h"
#include "sample/sample_plan.h"

namespace inkling::cli {

struct TrainingFile {
  std::string model = "dipn";
  sample::SamplePlan plan;
  feature::BlueprintSpec blueprint;
  bool has_views = false;
  base::Json params;  // as written; null when not given
  // Tells the lines of mistakes that only the model can find in `params`; null when there is no file.
  std::shared_ptr<const base::YamlDocument> document;
};

// `path` empty: all defaults.
[[nodiscard]] base::Result<TrainingFile> load_training_file(const std::string& path);

// The published feature lists (models.md A.2) for the views that a log has: browse always, touch views with gestures.
[[nodiscard]] std::vector<feature::ViewSpec> default_views(bool with_gestures);
[[nodiscard]] std::vector<feature::FeatureSpec> default_statistics();

}  // namespace inkling::cli
