#include "sim/rhythm.h"

#include <gtest/gtest.h>

#include "base/core/clock.h"

namespace inkling::sim {
namespace {

constexpr std::int64_t kWednesdayMs = 1'735'689'600'000;  // 2025-01-01
constexpr std::int64_t kSaturdayMs = kWednesdayMs + 3 * base::kDayMs;

std::int64_t at_hour(std::int64_t day_ms, int hour) {
  return day_ms + hour * base::kHourMs;
}

TEST(Rhythm, evenings_are_busier_than_nights_and_weekends_than_workdays) {
  EXPECT_GT(busyness(at_hour(kWednesdayMs, 20), 0), 10 * busyness(at_hour(kWednesdayMs, 3), 0));
  EXPECT_GT(busyness(at_hour(kSaturdayMs, 20), 0), busyness(at_hour(kWednesdayMs, 20), 0));
  EXPECT_EQ(busyness(at_hour(kSaturdayMs + base::kDayMs, 20), 0), 1.0);
  EXPECT_LT(busyness(at_hour(kSaturdayMs + 2 * base::kDayMs, 20), 0), 1.0);
}

TEST(Rhythm, shifted_clock_moves_the_day) {
  EXPECT_EQ(busyness(at_hour(kSaturdayMs, 23), 3), busyness(at_hour(kSaturdayMs, 20), 0));
  EXPECT_EQ(busyness(at_hour(kSaturdayMs, 23), -25), busyness(at_hour(kSaturdayMs, 0), 0));
}

TEST(Rhythm, visits_come_as_often_as_the_curve_says) {
  base::Random random(9);
  const std::int64_t end_ms = kWednesdayMs + 7 * 200 * base::kDayMs;
  const double mean_gap_ms = 3.0 * base::kHourMs;
  double expected = 0;
  for (std::int64_t ts_ms = kWednesdayMs; ts_ms < end_ms; ts_ms += base::kHourMs) {
    expected += busyness(ts_ms, 0) * base::kHourMs / mean_gap_ms;
  }
  int visits = 0;
  int night_visits = 0;
  std::int64_t ts_ms = kWednesdayMs;
  while (true) {
    const std::int64_t next_ms = next_visit_ms(ts_ms, end_ms, mean_gap_ms, 0, random);
    ASSERT_GT(next_ms, ts_ms);
    if (next_ms >= end_ms) break;
    ts_ms = next_ms;
    ++visits;
    night_visits += ts_ms % base::kDayMs < 5 * base::kHourMs ? 1 : 0;
  }
  EXPECT_NEAR(visits / expected, 1.0, 0.06);
  EXPECT_LT(night_visits, visits / 15);
}

}  // namespace
}  // namespace inkling::sim
