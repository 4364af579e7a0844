#include "mining/dimensions/grow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace inkling::dimensions {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Words on a half circle, by their degrees.
vectors::WordVectors at_degrees(const std::vector<float>& degrees) {
  vectors::WordVectors vectors(2);
  for (const float degree : degrees) {
    const float angle = degree * 0.0174533F;
    const std::vector<float> values = {std::cos(angle), std::sin(angle)};
    vectors.set(std::to_string(static_cast<int>(degree)), values);
  }
  return vectors;
}

GrowthOptions nearest_one(double threshold) {
  GrowthOptions options;
  options.threshold = threshold;
  options.nearest = 1;
  return options;
}

const std::vector<std::vector<std::string>> kSeeds = {{"0"}, {"180"}};

TEST(Grow, WordsReachOthersThroughWhatWasPlacedBefore) {
  const auto vectors = at_degrees({0, 20, 40, 150, 180});
  const Growth growth = grow(vectors, kSeeds, std::vector<std::string>{"40", "20", "150"}, nearest_one(0.86));
  ASSERT_EQ(growth.placed.size(), 3U);
  EXPECT_EQ(growth.placed[0].word, 1U);  // 20 degrees, at once
  EXPECT_EQ(growth.placed[0].round, 1U);
  EXPECT_EQ(growth.placed[1].word, 2U);
  EXPECT_EQ(growth.placed[1].dimension, 1U);
  EXPECT_EQ(growth.placed[2].word, 0U);  // 40 degrees, from 20
  EXPECT_EQ(growth.placed[2].round, 2U);
  EXPECT_NEAR(growth.placed[2].similarity, 0.94, 0.01);
  EXPECT_EQ(growth.rounds, 2U);
}

TEST(Grow, WhatIsBetweenTwoDimensionsOrFarFromAllStaysOut) {
  const auto vectors = at_degrees({0, 90, 180, 60});
  const Growth between = grow(vectors, kSeeds, std::vector<std::string>{"90"}, nearest_one(-1));
  EXPECT_THAT(between.placed, IsEmpty());  // by the margin
  const Growth far = grow(vectors, kSeeds, std::vector<std::string>{"60", "unheard of"}, nearest_one(0.9));
  EXPECT_THAT(far.unplaced, ElementsAre(0));
  EXPECT_THAT(far.without_vector, ElementsAre(1));
}

TEST(Grow, WordsLeftOverThatAreNearEachOtherAreAMissingDimension) {
  const auto vectors = at_degrees({0, 180, 85, 88, 90, 92, 95, 130});
  const std::vector<std::string> words = {"85", "88", "130", "90", "92", "95"};
  const Growth growth = grow(vectors, kSeeds, words, [] {
    GrowthOptions options = nearest_one(0.9);
    options.company = 0.95;
    return options;
  }());
  ASSERT_EQ(growth.missing.size(), 1U);
  EXPECT_THAT(growth.missing[0], ElementsAre(0, 1, 3, 4, 5));
}

}  // namespace
}  // namespace inkling::dimensions
