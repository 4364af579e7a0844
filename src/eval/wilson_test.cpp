#include "eval/wilson.h"

#include <gtest/gtest.h>

namespace inkling::eval {
namespace {

// By hand: z = 1.96, 36 of 400.
TEST(Wilson, is_the_interval_worked_out_by_hand) {
  const auto [low, high] = wilson(0.09, 400);
  EXPECT_NEAR(low, 0.0657, 1e-4);
  EXPECT_NEAR(high, 0.1221, 1e-4);
}

TEST(Wilson, stays_inside_what_a_share_can_be) {
  const auto [low, high] = wilson(0, 10);
  EXPECT_NEAR(low, 0, 1e-12);
  EXPECT_NEAR(high, 0.2775, 1e-4);
  EXPECT_NEAR(wilson(1, 10).second, 1, 1e-12);
}

}  // namespace
}  // namespace inkling::eval
