#include "mining/categories/category_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mining/categories/category_split.h"
#include "mining/categories/title_check.h"

namespace inkling::categories {
namespace {

using ::testing::ElementsAre;

constexpr std::int64_t kStart = 1'790'000'000'000;

// Fridges stand in two categories that are one, sofas in one that is two by what people click: beds and sofas.
Behaviour small_town() {
  Behaviour town;
  town.categories = {"冰箱维修", "冰箱修理", "家具"};
  town.queries = {"修冰箱", "买家具"};
  for (std::uint32_t i = 0; i < 40; ++i) {
    if (i < 20) {
      town.posts.push_back({"p", i % 2, i % 2 == 0 ? "冰箱维修上门" : "冰箱修理上门"});
    } else {
      town.posts.push_back({"p", 2, i < 30 ? "沙发出售" : "床垫出售"});
    }
  }
  for (std::uint32_t shopper = 0; shopper < 300; ++shopper) {
    const std::uint32_t base = shopper % 3 == 0 ? 0 : shopper % 3 == 1 ? 20 : 30, size = shopper % 3 == 0 ? 20 : 10;
    town.steps.push_back({shopper, kStart, StepKind::kSearch, shopper % 3 == 0 ? 0U : 1U});
    for (std::uint32_t i = 0; i < 4; ++i) {
      const auto kind = i == 3 ? StepKind::kConvert : StepKind::kClick;
      town.steps.push_back({shopper, kStart + i * 1000, kind, base + (shopper * 7 + i * 3) % size});
    }
  }
  return town;
}

MergeFindings merged(const Behaviour& town) {
  auto walks = walk_likeness(town, 1);
  EXPECT_TRUE(walks.ok());
  return group_categories(
      {query_contributions(town).likeness(), title_contributions(town, title_words(town)).likeness(),
       conversion_likeness(town), *walks},
      {});
}

TEST(CategoryGroups, CategoriesThatAreOneAreMerged) {
  const MergeFindings findings = merged(small_town());
  EXPECT_THAT(findings.group, ElementsAre(0, 0, 1));
  EXPECT_GT(findings.signal[0].at(0, 1), 0.9F);
  EXPECT_EQ(findings.signal[0].at(0, 2), 0);
}

TEST(CategoryGroups, AStrayPairJoinsNoGroups) {
  PairMatrix score(4);
  score.at(0, 1) = score.at(2, 3) = 0.9F;
  score.at(1, 2) = 0.8F;
  const MergeFindings findings = group_categories({score, score, score, score}, {});
  EXPECT_THAT(findings.group, ElementsAre(0, 0, 1, 1));
}

// Ten shoppers click a, then, after `gap_ms`, b, and convert; ten others click c and convert.
Behaviour two_clicks(std::int64_t gap_ms) {
  Behaviour town;
  town.categories = {"a", "b", "c"};
  town.posts = {{"p", 0, ""}, {"q", 1, ""}, {"r", 2, ""}};
  for (std::uint32_t shopper = 0; shopper < 20; ++shopper) {
    const std::uint32_t last = shopper < 10 ? 1 : 2;
    if (shopper < 10) town.steps.push_back({shopper, kStart, StepKind::kClick, 0});
    town.steps.push_back({shopper, kStart + gap_ms, StepKind::kClick, last});
    town.steps.push_back({shopper, kStart + gap_ms + 1000, StepKind::kConvert, last});
  }
  return town;
}

TEST(CategoryGroups, OnlyClicksOfTheDayBeforeAConversionCount) {
  EXPECT_NEAR(conversion_likeness(two_clicks(1000)).at(0, 1), 1, 1e-5);
  EXPECT_EQ(conversion_likeness(two_clicks(1000)).at(0, 2), 0);
  EXPECT_EQ(conversion_likeness(two_clicks(2 * kDayMs)).at(0, 1), 0);
}

TEST(CategorySplit, ACategoryThatIsSeveralIsSplitAndItsPartsNamed) {
  const Behaviour town = small_town();
  const auto company = post_company(town, 1);
  ASSERT_TRUE(company.ok());
  const Knowledge knowledge{{{"家具", {"沙发", "床垫"}}}, {"{}出售"}};
  const std::vector<std::uint32_t> group = {0, 0, 1};
  const auto splits =
      split_groups(town, *company, named_kinds(town, knowledge, std::vector<bool>(town.posts.size())), group, 2, {});
  ASSERT_EQ(splits.size(), 2U);
  EXPECT_EQ(splits[0].parts.size(), 1U);
  ASSERT_EQ(splits[1].parts.size(), 2U);
  EXPECT_EQ(splits[1].parts[0].posts.size(), 10U);
  EXPECT_EQ(splits[1].parts[0].kind, "沙发");
  EXPECT_EQ(splits[1].parts[1].kind, "床垫");
}

TEST(TitleCheck, ATitleOfAnotherCategoryIsTold) {
  Behaviour town = small_town();
  town.posts[25].title = "冰箱维修上门";
  const TitleWords titles = title_words(town);
  const auto found =
      contradictions(town, titles, title_contributions(town, titles), std::vector<std::uint32_t>{0, 0, 1});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].post, 25U);
  EXPECT_EQ(found[0].towards, 0U);
  EXPECT_FALSE(found[0].words.empty());
}

}  // namespace
}  // namespace inkling::categories
