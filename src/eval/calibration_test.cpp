#include "eval/calibration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace inkling::eval {
namespace {

using Doubles = std::vector<double>;
using Bytes = std::vector<std::uint8_t>;

TEST(LogLoss, is_the_mean_surprise) {
  EXPECT_NEAR(*log_loss(Doubles{0.9, 0.2}, Bytes{1, 0}), -(std::log(0.9) + std::log(0.8)) / 2, 1e-15);
  EXPECT_NEAR(*log_loss(Doubles{0.9, 0.2}, Bytes{1, 0}, Doubles{3, 1}), -(3 * std::log(0.9) + std::log(0.8)) / 4,
              1e-15);
  EXPECT_NEAR(*log_loss(Doubles{0.5, 0.5, 0.5}, Bytes{1, 0, 0}), 0.6931471805599453, 1e-15);
}

TEST(LogLoss, of_a_sure_mistake_is_large_but_finite) {
  EXPECT_NEAR(*log_loss(Doubles{0.0}, Bytes{1}), 34.538776, 1e-5);
  EXPECT_NEAR(*log_loss(Doubles{1.0}, Bytes{0}), 34.538776, 0.05);
  EXPECT_NEAR(*log_loss(Doubles{1.0}, Bytes{1}), 0, 1e-14);
}

TEST(Brier, is_the_mean_squared_error) {
  EXPECT_NEAR(*brier(Doubles{0.9, 0.2}, Bytes{1, 0}), (0.01 + 0.04) / 2, 1e-15);
  EXPECT_NEAR(*brier(Doubles{0.9, 0.2}, Bytes{1, 0}, Doubles{0, 2}), 0.04, 1e-15);
  EXPECT_FALSE(brier(Doubles{0.9, 0.2}, Bytes{1, 0}, Doubles{0, 0}).ok());
}

TEST(Calibration, has_bins_of_equal_count) {
  const auto table = *calibration_table(Doubles{0.4, 0.1, 0.3, 0.2}, Bytes{0, 0, 1, 0}, 2);
  ASSERT_EQ(table.size(), 2u);
  EXPECT_EQ(table[0].count, 2u);
  EXPECT_DOUBLE_EQ(table[0].lowest_prob, 0.1);
  EXPECT_DOUBLE_EQ(table[0].highest_prob, 0.2);
  EXPECT_DOUBLE_EQ(table[0].mean_prob, 0.15);
  EXPECT_DOUBLE_EQ(table[0].positive_rate, 0);
  EXPECT_DOUBLE_EQ(table[1].mean_prob, 0.35);
  EXPECT_DOUBLE_EQ(table[1].positive_rate, 0.5);
  EXPECT_DOUBLE_EQ(calibration_error(table), 0.15);
}

TEST(Calibration, never_parts_equal_probabilities) {
  const auto table = *calibration_table(Doubles{0.5, 0.1, 0.5, 0.5}, Bytes{1, 0, 0, 0}, 2);
  ASSERT_EQ(table.size(), 1u);
  EXPECT_EQ(table[0].count, 4u);
  EXPECT_DOUBLE_EQ(table[0].mean_prob, 0.4);
  EXPECT_DOUBLE_EQ(table[0].positive_rate, 0.25);
}

TEST(Calibration, counts_every_point_once_with_more_bins_than_points) {
  const auto table = *calibration_table(Doubles{0.3, 0.1, 0.2}, Bytes{1, 0, 0}, 10);
  ASSERT_EQ(table.size(), 3u);
  EXPECT_DOUBLE_EQ(table[2].mean_prob, 0.3);
  // |0.1 - 0| + |0.2 - 0| + |0.3 - 1| over three points is 1 / 3.
  EXPECT_DOUBLE_EQ(calibration_error(table), 1.0 / 3);
  EXPECT_FALSE(calibration_table(Doubles{0.3}, Bytes{1}, 0).ok());
}

TEST(Calibration, error_weighs_bins_by_their_points) {
  EXPECT_DOUBLE_EQ(calibration_error({{0, 0, 0.1, 0.2, 3}, {0, 0, 0.5, 0.9, 1}}), (3 * 0.1 + 0.4) / 4);
}

TEST(Probabilities, outside_0_and_1_are_refused_with_their_row) {
  EXPECT_EQ(log_loss(Doubles{0.5, 1.5}, Bytes{0, 1}).status().message(),
            "row 1: the probability 1.500000 is not between 0 and 1.");
  EXPECT_FALSE(brier(Doubles{-0.1}, Bytes{0}).ok());
  EXPECT_FALSE(calibration_table(Doubles{-0.1}, Bytes{0}).ok());
}

}  // namespace
}  // namespace inkling::eval
