// When simulated shoppers are awake and free: a curve over the hours of a day, higher at weekends.
#pragma once

#include <cstdint>

#include "base/core/random.h"

namespace inkling::sim {

// How busy this moment is, in (0, 1].
[[nodiscard]] double busyness(std::int64_t ts_ms, double clock_shift_hours);

// A moment after `from_ms`, by a Poisson process whose rate is busyness / mean_gap_ms, but none after `end_ms`.
[[nodiscard]] std::int64_t next_visit_ms(std::int64_t from_ms, std::int64_t end_ms, double mean_gap_ms,
                                         double clock_shift_hours, base::Random& random);

}  // namespace inkling::sim
