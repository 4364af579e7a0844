// One figure from several trainings that differ in their seed. Not for the uncertainty of the data (bootstrap.h).
// Thread safety: pure function. Failure: kInvalidInput without values or with one that is not finite.
#pragma once

#include <cstddef>
#include <span>

#include "base/core/result.h"

namespace inkling::eval {

struct SeedSummary {
  std::size_t count = 0;
  double mean = 0;
  double sd = 0;  // of the sample (divided by count - 1); NaN for one seed, where it is unknown
  double lowest = 0;
  double highest = 0;
};

[[nodiscard]] base::Result<SeedSummary> summarise_seeds(std::span<const double> values);

}  // namespace inkling::eval
