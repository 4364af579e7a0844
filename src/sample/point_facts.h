// What evaluation asks about decision points beside scores: how long the session was by then, and how far off the
// next purchase. Not for models: the latter is the future.
// Thread safety: none. Cost: one replay.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "sample/replay.h"

namespace inkling::sample {

struct PointFacts {
  std::string shopper;
  std::int64_t ts_ms = 0;
  std::int64_t session_records = 0;    // swipes, taps and actions since the session began
  std::int64_t next_purchase_ms = -1;  // when; -1: the log tells of none
};

// Of one part's points, in the order of score_points(). `session_gap_ms` as in a blueprint.
[[nodiscard]] base::Result<std::vector<PointFacts>> point_facts(const store::Store& store, const SamplePlan& plan,
                                                                std::int64_t utc_offset_ms,
                                                                std::int64_t session_gap_ms, const LogSpan& span,
                                                                Part part, const store::Progress& progress = {});

}  // namespace inkling::sample
