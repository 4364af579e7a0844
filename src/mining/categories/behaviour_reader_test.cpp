#include "mining/categories/behaviour_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "artifact/test_folder.h"
#include "mining/categories/category_findings.h"
#include "tag/sample_graph.h"

namespace inkling::categories {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

tag::TagGraph no_graph() {
  return tag::sample::must(tag::TagGraph::make(tag::sample::must(tag::TagGraphBuilder().arrays())));
}

constexpr std::string_view kLog =
    R"({"type":"action","id":"4","ts_ms":4000,"shopper":"s","action":"call","item":"p"}
{"type":"item","id":"1","ts_ms":1,"item":"p","kind":"post","category":["本地","家电维修"],"title":"修空调"}
{"type":"action","id":"2","ts_ms":2000,"shopper":"s","action":"search","query":"修 空调"}
{"type":"action","id":"3","ts_ms":3000,"shopper":"s","action":"click","item":"p"}
{"type":"action","id":"5","ts_ms":5000,"shopper":"s","action":"click","item":"unheard of"}
)";

TEST(BehaviourReader, EventsBecomeStepsInTheOrderOfTime) {
  const artifact::TestFolder folder;
  folder.write("log.jsonl", kLog);
  const auto log = read_behaviour({(folder.path() / "log.jsonl").string()});
  ASSERT_TRUE(log.ok()) << log.status().message();
  const Behaviour& behaviour = log->behaviour;
  EXPECT_THAT(behaviour.categories, ElementsAre("家电维修"));
  EXPECT_THAT(behaviour.queries, ElementsAre("修 空调"));
  EXPECT_EQ(behaviour.posts[0].title, "修空调");
  ASSERT_EQ(behaviour.steps.size(), 3U);
  EXPECT_EQ(behaviour.steps[0].kind, StepKind::kSearch);
  EXPECT_EQ(behaviour.steps[1].kind, StepKind::kClick);
  EXPECT_EQ(behaviour.steps[2].kind, StepKind::kConvert);
  EXPECT_EQ(log->unknown_items, 1U);
}

TEST(BehaviourReader, ABadLineIsToldByItsNumber) {
  const artifact::TestFolder folder;
  folder.write("log.jsonl", "{\"type\":\"action\",\"id\":\"4\",\"ts_ms\":\"now\"}\n");
  EXPECT_THAT(read_behaviour({(folder.path() / "log.jsonl").string()}).status().message(),
              HasSubstr("log.jsonl:1: "));
}

TEST(FindCategories, NeedsAreWhatEnoughShoppersAsk) {
  Behaviour town;
  town.categories = {"a", "b"};
  town.posts = {{"p", 0, "aa"}, {"q", 1, "bb"}};
  town.queries = {"often", "seldom", "the other"};
  for (std::uint32_t shopper = 0; shopper < 30; ++shopper) {
    const std::uint32_t query = shopper % 2 == 1 ? 2 : shopper < 4 ? 1 : 0;
    town.steps.push_back({shopper, 1000, StepKind::kSearch, query});
    town.steps.push_back({shopper, 2000, StepKind::kClick, shopper % 2});
  }
  CategoryOptions options;
  options.least_shoppers = 10;
  const auto findings = find_categories(town, {}, no_graph(), options);
  ASSERT_TRUE(findings.ok()) << findings.status().message();
  ASSERT_EQ(findings->needs.size(), 2U);
  EXPECT_EQ(findings->needs[0].query, 0U);
  EXPECT_EQ(findings->needs[0].searches, 13U);
  EXPECT_EQ(findings->needs[0].categories[0].category, 0U);
  EXPECT_THAT(findings->merged.group, ElementsAre(0, 1));
}

TEST(FindCategories, FrequentQueriesThatNobodyAnswersMissACategory) {
  Behaviour town;
  town.categories = {"a", "b"};
  town.posts = {{"p", 0, "aa"}, {"q", 1, "bb"}};
  town.queries = {"修锁附近", "宠物寄养", "寄养猫附近", "搬家", "问一次"};
  for (std::uint32_t shopper = 0; shopper < 41; ++shopper) {
    const std::uint32_t query = shopper == 40 ? 4 : shopper % 4;
    town.steps.push_back({shopper, 1000, StepKind::kSearch, query});
    if (query == 0 || query == 3) town.steps.push_back({shopper, 2000, StepKind::kClick, query / 3});
  }
  CategoryOptions options;
  options.least_shoppers = 10;
  const auto findings = find_categories(town, {}, no_graph(), options);
  ASSERT_TRUE(findings.ok()) << findings.status().message();
  ASSERT_EQ(findings->missing.size(), 1U) << "附近 joins nothing: those who ask 修锁附近 are answered";
  ASSERT_EQ(findings->missing[0].needs.size(), 2U);
  EXPECT_EQ(findings->missing[0].needs[0].query, 1U);
  EXPECT_EQ(findings->missing[0].needs[0].searches, 10U);
  EXPECT_THAT(findings->missing[0].words, ElementsAre("寄养"));
}

TEST(FindCategories, OfNothingIsNothing) {
  const auto findings = find_categories({}, {}, no_graph(), {});
  ASSERT_TRUE(findings.ok()) << findings.status().message();
  EXPECT_EQ(findings->merged.groups, 0U);
}

}  // namespace
}  // namespace inkling::categories
