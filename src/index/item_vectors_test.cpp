#include "index/item_vectors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace inkling::index {
namespace {

using testing::HasSubstr;

TEST(ItemVectors, finds_an_items_vector_at_length_one) {
  const auto vectors = ItemVectors::make(2, {3, 7, 9}, {3, 4, 0, -2, 1, 0});
  ASSERT_TRUE(vectors.ok());
  ASSERT_EQ(vectors->find(7), 1U);
  EXPECT_FLOAT_EQ(vectors->vector(0)[0], 0.6F);
  EXPECT_FLOAT_EQ(vectors->vector(0)[1], 0.8F);
  EXPECT_FLOAT_EQ(vectors->vector(1)[1], -1);
  for (const std::uint64_t item : {0, 4, 10}) EXPECT_EQ(vectors->find(item), std::nullopt);
  EXPECT_EQ(ItemVectors().find(1), std::nullopt);
}

TEST(ItemVectors, refuses_what_is_no_table_of_directions) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT(ItemVectors::make(2, {1, 2}, {1, 0, 1}).status().message(),
              HasSubstr("3 entries are not 2 items of 2"));
  EXPECT_THAT(ItemVectors::make(1, {1, 1}, {1, 1}).status().message(), HasSubstr("entry 1 is not above"));
  EXPECT_THAT(ItemVectors::make(1, {1, 2}, {1, 0}).status().message(), HasSubstr("row 1 has no direction"));
  EXPECT_THAT(ItemVectors::make(1, {1, 2}, {nan, 1}).status().message(), HasSubstr("row 0 has no direction"));
  EXPECT_FALSE(ItemVectors::make(0, {}, {}).ok());
}

TEST(MeanVector, weighs_the_items_that_are_known) {
  const auto vectors = ItemVectors::make(2, {1, 2}, {1, 0, 0, 1});
  ASSERT_TRUE(vectors.ok());
  std::array<float, 2> mean{};
  ASSERT_TRUE(mean_vector(*vectors, std::array<WeightedItem, 3>{{{1, 3}, {99, 100}, {2, 4}}}, mean));
  EXPECT_FLOAT_EQ(mean[0], 0.6F);
  EXPECT_FLOAT_EQ(mean[1], 0.8F);
  EXPECT_FALSE(mean_vector(*vectors, std::array<WeightedItem, 1>{{{99, 1}}}, mean)) << "nothing is known of it";
}

}  // namespace
}  // namespace inkling::index
