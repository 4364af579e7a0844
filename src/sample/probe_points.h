// Stops at chosen decision points with a scorer's memory that has caught up: for looking into a model, or timing it.
// Not for scoring a whole part (score_points.h). Thread safety: none. Cost: one replay; memories only of the shoppers
// asked for.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>

#include "base/core/result.h"
#include "feature/scorer.h"
#include "sample/replay.h"

namespace inkling::sample {

using PointKey = std::pair<std::string, std::int64_t>;  // shopper, ts_ms
using ProbeVisit =
    std::function<void(const state::ShopperState&, const feature::ScorerMemory&, const DecisionPoint&)>;

// Calls `visit` at each of `points` in the order of the replay. Points that the replay does not meet are passed over.
[[nodiscard]] base::Status probe_points(const store::Store& store, const SamplePlan& plan, std::int64_t utc_offset_ms,
                                        const LogSpan& span, const feature::Scorer& scorer,
                                        const std::set<PointKey>& points, const ProbeVisit& visit,
                                        const store::Progress& progress = {});

}  // namespace inkling::sample
