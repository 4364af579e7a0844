#include "mining/categories/need_tags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tag/sample_graph.h"

namespace inkling::categories {
namespace {

using tag::sample::must;
using ::testing::ElementsAre;

tag::TagGraph graph_of(const std::vector<std::string>& tags) {
  tag::TagGraphBuilder builder;
  must(builder.add({tag::NodeKind::kCategory, "空调", ""}));
  must(builder.add({tag::NodeKind::kTag, "加氟", "空调"}));
  for (const std::string& tag : tags) must(builder.add({tag::NodeKind::kTag, tag, ""}));
  return must(tag::TagGraph::make(must(builder.arrays())));
}

constexpr std::uint32_t kPosts = 40;  // of a category

// Half of the shoppers ask for air conditioning and go to its posts, half for movers; every post is near. Posts of
// even numbers have another title than those of odd ones.
Behaviour town(std::uint32_t shoppers) {
  Behaviour town;
  town.categories = {"空调", "搬家"};
  for (std::uint32_t i = 0; i < 2 * kPosts; ++i) {
    const bool even = i % 2 == 0;
    if (i < kPosts) town.posts.push_back(even ? Post{"", 0, "空调加氟 附近"} : Post{"", 0, "附近", {"加氟"}});
    if (i >= kPosts) town.posts.push_back(even ? Post{"", 1, "附近搬家", {"拆装"}} : Post{"", 1, "搬家 附近"});
  }
  town.queries = {"附近空调", "搬家"};
  for (std::uint32_t shopper = 0; shopper < shoppers; ++shopper) {
    const std::uint32_t what = shopper % 2, turn = shopper / 2;
    town.steps.push_back({shopper, 1000, StepKind::kSearch, what});
    town.steps.push_back({shopper, 2000, StepKind::kClick, what * kPosts + 2 * turn % kPosts});
    town.steps.push_back({shopper, 3000, StepKind::kConvert, what * kPosts + turn % kPosts});
  }
  return town;
}

const std::vector<Need> kNeeds = {{0, 50, {{0, 0, 9, 2.0F}}}, {1, 50, {{1, 1, 9, 2.0F}}}};

std::vector<std::string> told(const std::vector<NeedTag>& tags, const tag::TagGraph& graph) {
  std::vector<std::string> names;
  for (const NeedTag& each : tags)
    names.push_back(std::to_string(each.need) + " " + std::string(graph.name(each.tag)));
  return names;
}

TEST(NeedTags, PostsHaveTheTagsOfTheirTitlesAndOwnersAsTheirCategoryMeansThem) {
  const tag::TagGraph graph = graph_of({"附近", "加氟"});
  const auto tags = tags_of_posts(town(0), graph);
  const auto row = [&](std::string_view name, std::string_view industry = "") {
    return tag::sample::row(graph, tag::NodeKind::kTag, name, industry);
  };
  EXPECT_THAT(tags[1], testing::UnorderedElementsAre(row("加氟", "空调"), row("附近")));
  EXPECT_THAT(tags[kPosts + 1], ElementsAre(row("附近")));
}

TEST(NeedTags, StandForANeedByItsWordsAndByWhatIsChosenAfterIt) {
  const tag::TagGraph graph = graph_of({"附近", "空调", "搬家", "拆装"});
  const auto tags = tags_of_needs(town(100), kNeeds, graph, {});
  EXPECT_THAT(told(tags, graph), ElementsAre("0 空调", "0 加氟", "1 搬家", "1 拆装"));
  EXPECT_FLOAT_EQ(tags[0].words, 0.5F);
  EXPECT_EQ(tags[0].clicks, 75U) << "fifty clicks, and half of fifty calls";
  EXPECT_EQ(tags[1].clicks, 100U);
  EXPECT_EQ(tags[1].words, 0.0F);
  for (const NeedTag& each : tags)
    EXPECT_NEAR(each.weight, 1 - (1 - each.words) * (1 - std::tanh(each.pmi / 2)), 1e-6);
}

TEST(NeedTags, WordsAloneStandForANeedUntilShoppersHadTheirSay) {
  const tag::TagGraph graph = graph_of({"附近", "空调"});
  EXPECT_THAT(told(tags_of_needs(town(0), kNeeds, graph, {}), graph), ElementsAre("0 空调", "0 附近"));
  EXPECT_THAT(told(tags_of_needs(town(100), kNeeds, graph, {}), graph), ElementsAre("0 空调", "0 加氟"))
      << "near is everything";
}

TEST(NeedTags, AThousandClicksOnOnePostSayNothingOfItsTags) {
  const tag::TagGraph graph = graph_of({"急修"});
  Behaviour popular = town(100);
  popular.posts[0].tags = {"急修"};
  for (std::uint32_t i = 0; i < 1000; ++i) popular.steps.push_back({99, 4000, StepKind::kClick, kPosts});
  for (std::uint32_t i = 0; i < 1000; ++i) popular.steps.push_back({100, 4000, StepKind::kClick, 0});
  popular.steps.insert(popular.steps.end() - 1000, {100, 3000, StepKind::kSearch, 0});
  EXPECT_THAT(told(tags_of_needs(popular, kNeeds, graph, {}), graph), ElementsAre());
}

TEST(NeedTags, FewClicksAreNone) {
  const tag::TagGraph graph = graph_of({"拆装"});
  EXPECT_THAT(told(tags_of_needs(town(8), kNeeds, graph, {}), graph), ElementsAre());
  NeedTagOptions options;
  options.most = 1;
  EXPECT_EQ(tags_of_needs(town(100), kNeeds, graph, options).size(), 2U) << "one a need";
}

}  // namespace
}  // namespace inkling::categories
