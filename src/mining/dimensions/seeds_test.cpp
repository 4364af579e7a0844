#include "mining/dimensions/seeds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace inkling::dimensions {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string refusal(std::string_view yaml) {
  const auto seeds = parse_seeds(yaml, "seeds.yaml");
  return seeds.ok() ? "taken" : seeds.status().message();
}

TEST(Seeds, AreReadByIndustryAndDimension) {
  const auto seeds =
      parse_seeds("家电:\n  服务: [上门, 维修]\n  物品: [空调]\n搬家:\n  物品: [空调]\n", "seeds.yaml");
  ASSERT_TRUE(seeds.ok()) << seeds.status().message();
  ASSERT_EQ(seeds->size(), 3U);
  EXPECT_EQ((*seeds)[0].industry, "家电");
  EXPECT_EQ((*seeds)[0].dimension, "服务");
  EXPECT_THAT((*seeds)[0].words, ElementsAre("上门", "维修"));
  EXPECT_EQ((*seeds)[2].industry, "搬家");
}

TEST(Seeds, ContradictingOnesAreRefusedByTheirLine) {
  EXPECT_THAT(refusal("家电:\n  服务: [上门]\n  物品: [空调, ＷｉＦｉ]\n  速度:\n    - wifi\n    - 上门\n"),
              AllOf(HasSubstr("seeds.yaml:5:"), HasSubstr("\"wifi\" is a seed of \"物品\" already"),
                    HasSubstr("seeds.yaml:6:"), HasSubstr("\"上门\" is a seed of \"服务\" already")));
}

TEST(Seeds, WhatIsNoListOfWordsIsRefused) {
  EXPECT_THAT(refusal("家电:\n  服务: []\n"), HasSubstr("has no seeds"));
  EXPECT_THAT(refusal("家电:\n  服务: 上门\n"), HasSubstr("seeds.yaml:2:"));
  EXPECT_THAT(refusal("家电: [上门]\n"), HasSubstr("expected dimensions with a list of words each"));
  EXPECT_THAT(refusal("- 家电\n"), HasSubstr("expected industries with their dimensions"));
}

}  // namespace
}  // namespace inkling::dimensions
