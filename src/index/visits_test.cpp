#include "index/visits.h"

#include <gtest/gtest.h>

namespace inkling::index {
namespace {

using Rows = std::vector<std::uint32_t>;

Rows seen(std::span<const std::uint32_t> rows) {
  return {rows.begin(), rows.end()};
}

TEST(Visits, tells_what_was_viewed_before_in_the_same_visit) {
  Visits visits(1000);
  EXPECT_EQ(seen(visits.view(1, 10, 0)), Rows());
  EXPECT_EQ(seen(visits.view(1, 11, 500)), (Rows{10}));
  EXPECT_EQ(seen(visits.view(1, 12, 1500)), (Rows{10, 11}));
}

TEST(Visits, end_after_a_gap_and_with_a_jump_of_the_clock) {
  Visits visits(1000);
  visits.view(1, 10, 5000);
  EXPECT_EQ(seen(visits.view(1, 11, 6001)), Rows());
  EXPECT_EQ(seen(visits.view(1, 12, 100)), Rows());
}

TEST(Visits, pair_an_item_once_while_it_is_remembered) {
  Visits visits(1000);
  visits.view(1, 10, 0);
  visits.view(1, 11, 0);
  EXPECT_EQ(seen(visits.view(1, 10, 0)), Rows());
}

TEST(Visits, remember_the_newest_views_only) {
  Visits visits(1000);
  for (std::uint32_t row = 0; row < 8; ++row) visits.view(1, row, 0);
  EXPECT_EQ(seen(visits.view(1, 8, 0)), (Rows{2, 3, 4, 5, 6, 7}));
}

TEST(Visits, of_two_shoppers_do_not_mix_even_in_one_slot) {
  Visits visits(1000);
  visits.view(1, 10, 0);
  EXPECT_EQ(seen(visits.view(1 + Visits::kSlots, 11, 0)), Rows());
  EXPECT_EQ(seen(visits.view(2, 12, 0)), Rows());
  EXPECT_EQ(seen(visits.view(1 + Visits::kSlots, 13, 0)), (Rows{11}));
}

}  // namespace
}  // namespace inkling::index
