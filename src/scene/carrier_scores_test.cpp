#include "scene/carrier_scores.h"

#include <gtest/gtest.h>

#include <string>

namespace inkling::scene {
namespace {

// Rows 0..3; places are 3, 2, 1, 0.
tag::CarriedTags carried() {
  tag::TagLists lists;
  for (const std::vector<std::uint32_t>& tags :
       {std::vector<std::uint32_t>{0}, {0, 1}, {1}, std::vector<std::uint32_t>{0}}) {
    lists.add(tags);
  }
  return {std::move(lists), {3, 2, 1, 0}, 2};
}

std::string best(CarrierScores& scores, std::size_t most = 10) {
  std::string all;
  scores.best_first([&](std::uint32_t row, float score) {
    all += std::to_string(row) + ":" + std::to_string(static_cast<int>(score)) + " ";
    return --most > 0;
  });
  return all;
}

TEST(CarrierScores, add_up_and_come_best_first_the_more_wanted_of_equals) {
  const tag::CarriedTags tags = carried();
  CarrierScores scores;
  scores.begin(tags);
  scores.add(0, 2);
  scores.add(1, 3);
  EXPECT_EQ(best(scores), "1:5 2:3 3:2 0:2 ");
}

TEST(CarrierScores, begin_anew_and_stop_when_told) {
  const tag::CarriedTags tags = carried();
  CarrierScores scores;
  scores.begin(tags);
  scores.add(0, 2);
  EXPECT_EQ(best(scores, 2), "3:2 1:2 ");
  scores.begin(tags);
  scores.add(1, 1);
  EXPECT_EQ(best(scores), "2:1 1:1 ");
  scores.begin(tags);
  EXPECT_EQ(best(scores), "");
}

TEST(CarrierScores, are_divided_once_each) {
  const tag::CarriedTags tags = carried();
  CarrierScores scores;
  scores.begin(tags);
  scores.add(0, 8);
  scores.add(1, 8);
  scores.divide([](std::uint32_t row) { return row == 1 ? 4.0F : 2.0F; });
  EXPECT_EQ(best(scores), "3:4 2:4 1:4 0:4 ");
}

}  // namespace
}  // namespace inkling::scene
