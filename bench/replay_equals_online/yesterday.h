// The blueprint that is served: every feature there is, with encoders fitted to an earlier log, as those of a trained
// package are. Throws std::runtime_error on failure.
#pragma once

#include <string>

#include "bench/replay_equals_online/traffic.h"
#include "feature/blueprint.h"
#include "sample/sample_plan.h"

namespace inkling::bench {

// Decision points after every action, asking about the next hour.
[[nodiscard]] sample::SamplePlan every_action_plan();

// Simulates that log into a store of its own in `folder`.
[[nodiscard]] feature::BlueprintSpec fitted_blueprint(const TrafficOptions& options, const std::string& folder);

}  // namespace inkling::bench
