// The arrays that every metric takes, and the one check of them. Not a container: callers keep their columns.
//
// scores or probs [n], labels [n] of 0 or 1, weights [n] or empty (every point weighs 1): point i is one row across
// them. Failure: kInvalidInput that names the first bad row.
#pragma once

#include <cstdint>
#include <span>

#include "base/core/result.h"

namespace inkling::eval {

using Scores = std::span<const double>;
using Labels = std::span<const std::uint8_t>;
using Weights = std::span<const double>;

// Same lengths, at least one point, finite scores, labels 0 or 1, weights finite and not negative.
[[nodiscard]] base::Status check_points(Scores scores, Labels labels, Weights weights = {});
// The same, and every score is a probability.
[[nodiscard]] base::Status check_probs(Scores probs, Labels labels, Weights weights = {});

}  // namespace inkling::eval
