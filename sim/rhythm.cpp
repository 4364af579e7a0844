#include "sim/rhythm.h"

#include <array>
#include <cmath>

#include "base/core/clock.h"

namespace inkling::sim {
namespace {

constexpr std::array<double, 24> kHours = {0.12, 0.06, 0.04, 0.03, 0.03, 0.06, 0.14, 0.26, 0.36, 0.42, 0.46, 0.52,
                                           0.62, 0.55, 0.48, 0.48, 0.52, 0.60, 0.72, 0.86, 1.00, 0.96, 0.66, 0.32};
constexpr double kWorkday = 0.8;       // against 1 on Saturday and Sunday
constexpr std::int64_t kThursday = 4;  // 1970-01-01 was one; Monday is 1

bool is_weekend(std::int64_t day) {
  return (day + kThursday) % 7 == 6 || (day + kThursday) % 7 == 0;
}

}  // namespace

double busyness(std::int64_t ts_ms, double clock_shift_hours) {
  const std::int64_t day = ts_ms / base::kDayMs;
  double hour = static_cast<double>(ts_ms % base::kDayMs) / static_cast<double>(base::kHourMs) - clock_shift_hours;
  hour -= 24.0 * std::floor(hour / 24.0);
  const double weight = kHours[static_cast<std::size_t>(hour) % kHours.size()];
  return is_weekend(day) ? weight : weight * kWorkday;
}

std::int64_t next_visit_ms(std::int64_t from_ms, std::int64_t end_ms, double mean_gap_ms, double clock_shift_hours,
                           base::Random& random) {
  // Thinning: candidates at the busiest rate, kept with the chance that their moment deserves.
  double ts_ms = static_cast<double>(from_ms);
  while (ts_ms < static_cast<double>(end_ms)) {
    ts_ms += 1 + random.exponential(mean_gap_ms);
    if (random.chance(busyness(static_cast<std::int64_t>(ts_ms), clock_shift_hours))) break;
  }
  return static_cast<std::int64_t>(ts_ms);
}

}  // namespace inkling::sim
