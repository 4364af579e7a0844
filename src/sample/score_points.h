// Scores decision points offline with a served model: the journal is replayed and the model asked exactly as a server
// would ask it, so offline figures are those of the thing that is served.
// Thread safety: none. Cost: one replay and one score a point of the part asked for.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "feature/scorer.h"
#include "sample/replay.h"

namespace inkling::sample {

struct ScoredPoint {
  std::string shopper;
  std::int64_t ts_ms = 0;
  std::uint64_t sequence = 0;
  std::array<bool, feature::kMaxTargets> labels{};
  std::array<float, feature::kMaxTargets> probs{};
};

// `plan` needs its boundaries; its targets must be the scorer's (kInvalidInput otherwise).
[[nodiscard]] base::Result<std::vector<ScoredPoint>> score_points(const store::Store& store, const SamplePlan& plan,
                                                                  std::int64_t utc_offset_ms, const LogSpan& span,
                                                                  const feature::Scorer& scorer, Part part,
                                                                  const store::Progress& progress = {});

}  // namespace inkling::sample
