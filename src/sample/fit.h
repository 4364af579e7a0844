// Fits a blueprint's encoders (cut points, vocabularies, means) to the training part of a log: records up to
// train_until and training points only, never what validation shoppers or the test part say.
// Determinism: same journal, same seed-free result (quantiles over an evenly thinned sample of at most 200,000
// values). Memory: that sample per feature, and one counter per distinct name. Source: models.md A.2 ([P]: fitted on
// train only).
#pragma once

#include <span>

#include "base/core/result.h"
#include "feature/blueprint.h"
#include "sample/replay.h"
#include "sample/sample_plan.h"
#include "store/store.h"

namespace inkling::sample {

// Encoders that are complete as they stand (index, explicit cuts, log) stay as written.
[[nodiscard]] base::Result<feature::BlueprintSpec> fit_blueprint(const store::Store& store,
                                                                 feature::BlueprintSpec unfitted,
                                                                 const SamplePlan& plan, const LogSpan& span,
                                                                 const store::Progress& progress = {});

// One encoder fitted to values at hand: the columns of a table.
[[nodiscard]] feature::Encoder fit_encoder(feature::Encoder unfitted, std::span<const feature::Value> values);

}  // namespace inkling::sample
