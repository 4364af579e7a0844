#include "train/fused/rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace inkling::train::fused {
namespace {

TEST(RowLayoutTest, leaves_no_row_for_padding_and_one_first_state_a_sample) {
  const RowLayout layout({2, 0, 3});
  EXPECT_EQ(layout.rows(), 5U);
  EXPECT_EQ(layout.state_rows(), 8U);
  EXPECT_EQ(layout.begin(2), 2U);
  EXPECT_EQ(layout.state_begin(1), 3U);
  EXPECT_EQ(layout.state_begin(2), 4U);
  EXPECT_EQ(layout.longest(), 3U);
}

TEST(RowLayoutTest, puts_samples_that_still_run_first_and_keeps_equal_ones_in_order) {
  const RowLayout layout({2, 0, 3, 2});
  EXPECT_THAT(layout.order(), testing::ElementsAre(2, 0, 3, 1));
  EXPECT_EQ(layout.running(0), 3U);
  EXPECT_EQ(layout.running(1), 3U);
  EXPECT_EQ(layout.running(2), 1U);
  EXPECT_EQ(layout.running(3), 0U);
}

TEST(RowLayoutTest, of_no_samples_is_empty) {
  const RowLayout layout{std::vector<std::size_t>()};
  EXPECT_EQ(layout.longest(), 0U);
  EXPECT_EQ(layout.running(0), 0U);
}

}  // namespace
}  // namespace inkling::train::fused
