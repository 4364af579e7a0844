#include "index/top_list.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>

#include "base/core/random.h"

namespace inkling::index {
namespace {

std::vector<std::uint32_t> rows(const TopList& list) {
  std::vector<std::uint32_t> all;
  for (const TopEntry& entry : list.entries()) all.push_back(entry.row);
  return all;
}

using Rows = std::vector<std::uint32_t>;

TEST(TopList, lists_the_best_first_and_equal_ones_by_row) {
  TopList list(3);
  list.add({1, 7});
  list.add({3, 8});
  list.add({3, 5});
  list.add({2, 9});
  EXPECT_EQ(rows(list), (Rows{5, 8, 9}));
}

TEST(TopList, moves_a_row_that_rises_and_takes_in_one_that_was_not_listed) {
  TopList list(2);
  for (std::uint32_t row = 0; row < 5; ++row) list.add({10.0 - row, row});
  EXPECT_EQ(rows(list), (Rows{0, 1}));
  list.rise(1, 9, 11);
  EXPECT_EQ(rows(list), (Rows{1, 0}));
  list.rise(4, 6, 20);
  EXPECT_EQ(rows(list), (Rows{4, 1}));
}

TEST(TopList, knows_rows_without_any_score) {
  constexpr double kNone = -std::numeric_limits<double>::infinity();
  TopList list(2);
  list.add({kNone, 3});
  list.add({kNone, 2});
  EXPECT_EQ(rows(list), (Rows{2, 3}));
  list.rise(3, kNone, 1);
  EXPECT_EQ(rows(list), (Rows{3, 2}));
}

TEST(TopList, asks_for_all_rows_when_too_many_have_left_and_others_were_dropped) {
  TopList list(2);
  for (std::uint32_t row = 0; row < 4; ++row) list.add({1.0 * row, row});
  for (std::uint32_t row = 0; row < 3; ++row) list.remove({1.0 * row, row});
  EXPECT_FALSE(list.is_short()) << "all four were listed, so none is missing";
  for (std::uint32_t row = 4; row < 9; ++row) list.add({1.0 * row, row});
  for (std::uint32_t row = 8; row > 5; --row) list.remove({1.0 * row, row});
  EXPECT_TRUE(list.is_short());
  list.clear();
  EXPECT_FALSE(list.is_short());
}

// Against sorting everything, over rows that come, rise and leave.
TEST(TopList, agrees_with_sorting_everything) {
  constexpr std::size_t kShown = 5;
  TopList list(kShown);
  std::map<std::uint32_t, double> truth;
  base::Random random(3);
  for (int step = 0; step < 5000; ++step) {
    const auto row = static_cast<std::uint32_t>(random.below(40));
    const auto known = truth.find(row);
    if (known == truth.end()) {
      truth[row] = static_cast<double>(random.below(10));
      list.add({truth[row], row});
    } else if (random.chance(0.4)) {
      list.remove({known->second, row});
      truth.erase(known);
    } else {
      const double before = std::exchange(known->second, known->second + static_cast<double>(random.below(4)));
      list.rise(row, before, known->second);
    }
    if (list.is_short()) {
      list.clear();
      for (const auto& [each, score] : truth) list.add({score, each});
    }
    std::vector<std::pair<double, std::uint32_t>> sorted;
    for (const auto& [each, score] : truth) sorted.emplace_back(-score, each);
    std::ranges::sort(sorted);
    Rows expected;
    for (std::size_t i = 0; i < std::min(kShown, sorted.size()); ++i) expected.push_back(sorted[i].second);
    ASSERT_EQ(rows(list), expected) << "step " << step;
  }
}

}  // namespace
}  // namespace inkling::index
