#include "base/progress.h"

#include <gtest/gtest.h>

namespace inkling::base {
namespace {

TEST(Progress, says_share_rate_and_time_left) {
  EXPECT_EQ(progress_text(1'200'000, 2'700'000, 6'000, "lines"),
            "44 %  1.2 M of 2.7 M lines  200 k lines/s  7.5 s left");
}

TEST(Progress, says_how_long_it_took_at_the_end) {
  EXPECT_EQ(progress_text(500, 500, 2'000, "rows"), "100 %  500 of 500 rows  250 rows/s  done in 2.0 s");
}

TEST(Progress, never_says_100_percent_before_the_end) {
  EXPECT_EQ(progress_text(999'999, 1'000'000, 0, "").substr(0, 4), "99 %");
}

TEST(Progress, leaves_out_what_it_cannot_know) {
  EXPECT_EQ(progress_text(10, 0, 1'000, "rows"), "10 rows  10 rows/s");
  EXPECT_EQ(progress_text(10, 100, 50, "rows"), "10 %  10 of 100 rows");
  EXPECT_EQ(progress_text(0, 100, 5'000, "rows"), "0 %  0 of 100 rows  0 rows/s");
  EXPECT_EQ(progress_text(1, 1'000'000'000'000ULL, 100'000, ""), "0 %  1 of 1.0 T  0/s");
}

TEST(Progress, shortens_counts_at_their_boundaries) {
  EXPECT_EQ(short_count(0), "0");
  EXPECT_EQ(short_count(999), "999");
  EXPECT_EQ(short_count(999.6), "1.0 k");
  EXPECT_EQ(short_count(9'940), "9.9 k");
  EXPECT_EQ(short_count(9'960), "10 k");
  EXPECT_EQ(short_count(999'600), "1.0 M");
  EXPECT_EQ(short_count(12'345'678), "12 M");
}

TEST(Progress, shortens_durations_at_their_boundaries) {
  EXPECT_EQ(short_duration(840), "0.8 s");
  EXPECT_EQ(short_duration(9'960), "10 s");
  EXPECT_EQ(short_duration(59'600), "1 min 0 s");
  EXPECT_EQ(short_duration(65'000), "1 min 5 s");
  EXPECT_EQ(short_duration(3'700'000), "1 h 1 min");
}

}  // namespace
}  // namespace inkling::base
