#include "content/cholesky.h"

#include <gtest/gtest.h>

namespace inkling::content {
namespace {

// 4 2 0 / 2 5 2 / 0 2 3, whose inverse is known by hand: its determinant is 32.
const std::vector<double> kMatrix = {4, 2, 0, 2, 5, 2, 0, 2, 3};

TEST(Cholesky, solves) {
  const auto factor = Cholesky::factor(kMatrix, 3);
  ASSERT_TRUE(factor.ok());
  const std::vector<double> x = factor->solve(std::vector<double>{8, 18, 13});  // of 1, 2, 3
  EXPECT_NEAR(x[0], 1, 1e-12);
  EXPECT_NEAR(x[1], 2, 1e-12);
  EXPECT_NEAR(x[2], 3, 1e-12);
}

TEST(Cholesky, knows_the_diagonal_of_the_inverse) {
  const auto factor = Cholesky::factor(kMatrix, 3);
  ASSERT_TRUE(factor.ok());
  const std::vector<double> diagonal = factor->inverse_diagonal();
  EXPECT_NEAR(diagonal[0], 11.0 / 32, 1e-12);
  EXPECT_NEAR(diagonal[1], 12.0 / 32, 1e-12);
  EXPECT_NEAR(diagonal[2], 16.0 / 32, 1e-12);
}

TEST(Cholesky, refuses_what_is_not_positive_definite) {
  EXPECT_FALSE(Cholesky::factor({1, 0, 2, 1}, 2).ok());
}

}  // namespace
}  // namespace inkling::content
