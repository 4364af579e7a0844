#include "eval/seeds.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace inkling::eval {
namespace {

TEST(Seeds, have_mean_and_sample_deviation) {
  // Deviations -2, 0, 2: squares sum to 8, over 3 - 1 is 4.
  const auto summary = *summarise_seeds(std::vector<double>{5, 1, 3});
  EXPECT_EQ(summary.count, 3u);
  EXPECT_DOUBLE_EQ(summary.mean, 3);
  EXPECT_DOUBLE_EQ(summary.sd, 2);
  EXPECT_DOUBLE_EQ(summary.lowest, 1);
  EXPECT_DOUBLE_EQ(summary.highest, 5);
}

TEST(Seeds, of_one_training_have_no_known_deviation) {
  const auto summary = *summarise_seeds(std::vector<double>{0.75});
  EXPECT_DOUBLE_EQ(summary.mean, 0.75);
  EXPECT_TRUE(std::isnan(summary.sd));
}

TEST(Seeds, refuse_nothing_and_what_is_not_finite) {
  EXPECT_FALSE(summarise_seeds({}).ok());
  const std::vector<double> values = {1, std::numeric_limits<double>::infinity()};
  EXPECT_EQ(summarise_seeds(values).status().message(), "seed 1: the value is not a finite number.");
}

}  // namespace
}  // namespace inkling::eval
