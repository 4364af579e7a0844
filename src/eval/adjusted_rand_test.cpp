#include "eval/adjusted_rand.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/core/random.h"

namespace inkling::eval {
namespace {

using Groups = std::vector<std::uint32_t>;

TEST(AdjustedRandIndex, IsOneForTheSameGroupsByOtherNumbers) {
  EXPECT_DOUBLE_EQ(adjusted_rand_index(Groups{0, 0, 1, 1, 2}, Groups{7, 7, 3, 3, 0}), 1);
  EXPECT_DOUBLE_EQ(adjusted_rand_index(Groups{0, 1, 2}, Groups{2, 1, 0}), 1);
}

TEST(AdjustedRandIndex, IsWhatHubertAndArabieSay) {
  // Of 15 pairs 2 are in both, 6 in one, 3 in the other: (2 - 18 / 15) / (4.5 - 18 / 15).
  EXPECT_NEAR(adjusted_rand_index(Groups{0, 0, 0, 1, 1, 1}, Groups{0, 0, 1, 1, 2, 2}), 0.8 / 3.3, 1e-12);
}

TEST(AdjustedRandIndex, IsAroundZeroByChanceAndZeroForNoGroups) {
  base::Random random(1);
  Groups one, other, alone;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    one.push_back(static_cast<std::uint32_t>(random.below(20)));
    other.push_back(static_cast<std::uint32_t>(random.below(20)));
    alone.push_back(i);
  }
  EXPECT_NEAR(adjusted_rand_index(one, other), 0, 0.01);
  EXPECT_DOUBLE_EQ(adjusted_rand_index(one, alone), 0);
}

}  // namespace
}  // namespace inkling::eval
