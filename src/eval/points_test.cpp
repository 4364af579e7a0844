#include "eval/points.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "eval/groups.h"

namespace inkling::eval {
namespace {

using Doubles = std::vector<double>;
using Bytes = std::vector<std::uint8_t>;

TEST(Points, are_refused_with_the_reason_and_the_first_bad_row) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(check_points(Doubles{1, -2}, Bytes{0, 1}, Doubles{0, 2.5}).ok());
  EXPECT_EQ(check_points({}, {}).message(), "there are no points to evaluate.");
  EXPECT_EQ(check_points(Doubles{1, 2}, Bytes{0}).message(), "2 scores came with 1 labels.");
  EXPECT_EQ(check_points(Doubles{1, 2}, Bytes{0, 1}, Doubles{1}).message(), "2 scores came with 1 weights.");
  EXPECT_EQ(check_points(Doubles{1, nan}, Bytes{0, 1}).message(), "row 1: the score is not a finite number.");
  EXPECT_EQ(check_points(Doubles{1, 2}, Bytes{0, 3}).message(), "row 1: the label is 3, not 0 or 1.");
  EXPECT_EQ(check_points(Doubles{1, 2}, Bytes{0, 1}, Doubles{-1, 1}).message(),
            "row 0: the weight is not a finite number from 0 up.");
}

TEST(Groups, number_ids_by_their_first_appearance) {
  const auto groups = Groups::of(std::vector<std::uint64_t>{9, 4, 9, ~std::uint64_t{0}, 4});
  EXPECT_EQ(groups.count(), 3u);
  EXPECT_EQ(groups.point_count(), 5u);
  EXPECT_EQ(groups.of_point(0), 0u);
  EXPECT_EQ(groups.of_point(1), 1u);
  EXPECT_EQ(groups.of_point(2), 0u);
  EXPECT_EQ(groups.of_point(3), 2u);
  EXPECT_EQ(groups.of_point(4), 1u);
}

}  // namespace
}  // namespace inkling::eval
