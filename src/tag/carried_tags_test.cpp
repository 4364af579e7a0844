#include "tag/carried_tags.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/core/random.h"

namespace inkling::tag {
namespace {

using Numbers = std::vector<std::uint32_t>;

Numbers numbers(std::span<const std::uint32_t> span) {
  return {span.begin(), span.end()};
}

TEST(CarriedTags, tell_who_carries_a_tag_the_most_wanted_first) {
  TagLists lists;
  for (const Numbers& tags : {Numbers{1, 3}, Numbers{}, Numbers{3}, Numbers{1}}) lists.add(tags);
  const CarriedTags carried(std::move(lists), {2, 0}, 5);
  EXPECT_EQ(numbers(carried.carriers(3)), (Numbers{0, 1}));
  EXPECT_EQ(numbers(carried.carriers(1)), Numbers{1}) << "row 3 is not shown";
  EXPECT_EQ(numbers(carried.carriers(4)), Numbers());
  EXPECT_EQ(carried.row_at(0), 2U);
  EXPECT_EQ(carried.place_of(0), 1U);
  EXPECT_EQ(carried.place_of(3), kNoRow);
  EXPECT_EQ(numbers(carried.tags_of(3)), Numbers{1}) << "what is not shown is still like others";
  EXPECT_EQ(numbers(carried.tags_of(4)), Numbers()) << "told later than this was made";
}

TEST(CarriedTags, count_a_tag_for_more_the_fewer_carry_it) {
  TagLists lists;
  for (const Numbers& tags : {Numbers{0, 1}, Numbers{0}, Numbers{0}}) lists.add(tags);
  const CarriedTags carried(std::move(lists), {0, 1, 2}, 3);
  EXPECT_NEAR(carried.idf(0), std::log(2.0), 1e-6);
  EXPECT_NEAR(carried.idf(1), std::log(4.0), 1e-6);
  EXPECT_EQ(carried.idf(2), 0);
  EXPECT_NEAR(carried.length(0), std::hypot(std::log(2.0), std::log(4.0)), 1e-6);
  EXPECT_EQ(carried.length(3), 0);
}

TEST(CarriedTags, agree_both_ways_over_random_lists) {
  base::Random random(7);
  TagLists lists;
  Numbers order;
  for (std::uint32_t row = 0; row < 500; ++row) {
    std::set<std::uint32_t> tags;
    for (std::uint64_t i = random.below(8); i > 0; --i) tags.insert(static_cast<std::uint32_t>(random.below(40)));
    lists.add(Numbers(tags.begin(), tags.end()));
    if (random.below(3) > 0) order.insert(order.begin(), row);
  }
  const CarriedTags carried(std::move(lists), order, 40);
  std::set<std::pair<std::uint32_t, std::uint32_t>> by_row, by_tag;
  for (std::uint32_t place = 0; place < carried.places(); ++place) {
    for (const std::uint32_t tag : carried.tags_of(carried.row_at(place))) by_row.emplace(tag, place);
  }
  for (std::uint32_t tag = 0; tag < 40; ++tag) {
    EXPECT_TRUE(std::ranges::is_sorted(carried.carriers(tag)));
    for (const std::uint32_t place : carried.carriers(tag)) by_tag.emplace(tag, place);
  }
  EXPECT_EQ(by_row, by_tag);
}

}  // namespace
}  // namespace inkling::tag
