#include "eval/paired_seeds.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace inkling::eval {
namespace {

using Values = std::vector<double>;

TEST(StudentsT, agrees_with_tables) {
  // Two-sided 5 % points of common tables.
  EXPECT_NEAR(student_quantile_95(1), 12.706, 5e-4);
  EXPECT_NEAR(student_quantile_95(4), 2.776, 5e-4);
  EXPECT_NEAR(student_quantile_95(30), 2.042, 5e-4);
  EXPECT_NEAR(student_p_value(2.132, 4), 0.1, 2e-4);
  EXPECT_NEAR(student_p_value(4.604, 4), 0.01, 2e-5);
  EXPECT_NEAR(student_p_value(0, 7), 1, 1e-12);
}

TEST(PairedSeeds, five_seeds_by_hand) {
  const auto result = compare_seeds(Values{0.71, 0.73, 0.70, 0.74, 0.72}, Values{0.70, 0.70, 0.69, 0.71, 0.70});
  ASSERT_TRUE(result.ok());
  EXPECT_NEAR(result->mean, 0.02, 1e-12);
  EXPECT_NEAR(result->sd, 0.01, 1e-12);
  EXPECT_NEAR(result->low, 0.02 - 2.776445 * 0.01 / std::sqrt(5.0), 1e-6);
  EXPECT_NEAR(result->high, 0.02 + 2.776445 * 0.01 / std::sqrt(5.0), 1e-6);
  EXPECT_NEAR(result->t_p_value, 0.011, 1e-3);  // t = 4.472, 4 degrees
  EXPECT_EQ(result->wins, 5U);
  EXPECT_NEAR(result->sign_p_value, 0.0625, 1e-12);
}

TEST(PairedSeeds, ties_do_not_count_as_signs) {
  const auto result = compare_seeds(Values{1, 2, 3}, Values{1, 1, 4});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->wins, 1U);
  EXPECT_NEAR(result->sign_p_value, 1, 1e-12);
}

TEST(PairedSeeds, one_seed_has_no_interval) {
  const auto result = compare_seeds(Values{0.8}, Values{0.7});
  ASSERT_TRUE(result.ok());
  EXPECT_NEAR(result->mean, 0.1, 1e-12);
  EXPECT_TRUE(std::isnan(result->low) && std::isnan(result->high) && std::isnan(result->t_p_value));
}

TEST(PairedSeeds, differences_that_do_not_vary_are_sure) {
  EXPECT_EQ(compare_seeds(Values{2, 2}, Values{1, 1})->t_p_value, 0);
  EXPECT_EQ(compare_seeds(Values{1, 1}, Values{1, 1})->t_p_value, 1);
}

TEST(PairedSeeds, refuses_seeds_that_do_not_pair) {
  EXPECT_FALSE(compare_seeds(Values{1, 2}, Values{1}).ok());
  EXPECT_FALSE(compare_seeds(Values{}, Values{}).ok());
  EXPECT_FALSE(compare_seeds(Values{NAN}, Values{1}).ok());
}

}  // namespace
}  // namespace inkling::eval
