#include "report/axis.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace inkling::report {
namespace {

std::vector<std::string> texts(const std::vector<Tick>& ticks) {
  std::vector<std::string> texts;
  for (const Tick& tick : ticks) texts.push_back(tick.text);
  return texts;
}

using Texts = std::vector<std::string>;

TEST(NiceTicks, are_round_and_cover_the_range) {
  EXPECT_EQ(texts(nice_ticks(0, 1, 6, true)), (Texts{"0.0", "0.2", "0.4", "0.6", "0.8", "1.0"}));
  EXPECT_EQ(texts(nice_ticks(0.613, 0.688, 6, true)), (Texts{"0.60", "0.62", "0.64", "0.66", "0.68", "0.70"}));
  EXPECT_EQ(texts(nice_ticks(1, 12, 6, true)), (Texts{"0", "5", "10", "15"}));
}

TEST(NiceTicks, stay_inside_when_asked_to) {
  EXPECT_EQ(texts(nice_ticks(0.03, 0.97, 6, false)), (Texts{"0.2", "0.4", "0.6", "0.8"}));
}

TEST(NiceTicks, are_never_more_than_asked_for) {
  for (double high = 0.001; high < 1e7; high *= 1.37) {
    for (const std::size_t most : {3U, 5U, 6U, 10U}) {
      const auto ticks = nice_ticks(-high / 3, high, most, true);
      EXPECT_LE(ticks.size(), most) << high;
      EXPECT_LE(ticks.front().value, -high / 3 * (1 - 1e-6));
      EXPECT_GE(ticks.back().value, high * (1 - 1e-6));
    }
  }
}

TEST(FittedAxis, takes_its_range_from_finite_data_only) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const FittedAxis axis({}, {none, 2, 9, std::numeric_limits<double>::infinity()}, 6);
  EXPECT_EQ(axis.low(), 2);
  EXPECT_EQ(axis.high(), 10);
  EXPECT_DOUBLE_EQ(axis.share(6), 0.5);
}

TEST(FittedAxis, has_a_range_whatever_the_data) {
  for (const std::vector<double>& data : {std::vector<double>{}, {3.0}, {0.0, 0.0}, {-4.0}}) {
    const FittedAxis axis({}, data, 6);
    EXPECT_LT(axis.low(), axis.high());
    EXPECT_GE(axis.ticks().size(), 2U);
  }
}

TEST(FittedAxis, keeps_a_range_that_is_given) {
  const FittedAxis axis({"share", 0, 1, Scale::kLinear, {}}, {-5, 5}, 6);
  EXPECT_EQ(axis.low(), 0);
  EXPECT_EQ(axis.high(), 1);
}

TEST(FittedAxis, a_logarithm_leaves_out_what_has_none) {
  Axis log;
  log.scale = Scale::kLog;
  const FittedAxis axis(log, {-3, 0, 1, 1000}, 6);
  EXPECT_EQ(axis.low(), 1);
  EXPECT_EQ(axis.high(), 1000);
  EXPECT_NEAR(axis.share(std::sqrt(1000.0)), 0.5, 1e-12);
  EXPECT_EQ(texts(axis.ticks()), (Texts{"1", "10", "100", "1000"}));
  EXPECT_FALSE(std::isfinite(axis.share(0)));
}

TEST(FittedAxis, names_stand_at_whole_positions) {
  Axis named;
  named.names = {"short", "long"};
  const FittedAxis axis(named, {}, 6);
  EXPECT_EQ(texts(axis.ticks()), (Texts{"short", "long"}));
  EXPECT_DOUBLE_EQ(axis.share(0), 0.25);
  EXPECT_DOUBLE_EQ(axis.share(1), 0.75);
}

}  // namespace
}  // namespace inkling::report
