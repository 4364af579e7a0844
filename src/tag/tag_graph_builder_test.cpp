#include "tag/tag_graph_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "base/core/utf8.h"
#include "tag/sample_graph.h"

namespace inkling::tag {
namespace {

using sample::must;
using testing::HasSubstr;

bool same(const TagArrays& a, const TagArrays& b) {
  const auto compare = [](std::string_view name, const auto& left, const auto& right) {
    return left == right ? base::Status() : base::corrupt(std::string(name));
  };
  const base::Status status = each_column(compare, a, b);
  EXPECT_TRUE(status.ok()) << status.message();
  return status.ok();
}

using Telling = std::function<void(TagGraphBuilder&)>;

std::string industry_of(base::Random& random) {
  return random.chance(0.5) ? "" : std::string(1, static_cast<char>('x' + random.below(3)));
}

// Facts that name their nodes themselves, so that they can be told in any order. Spellings differ.
std::vector<Telling> some_facts(base::Random& random) {
  std::vector<Telling> facts;
  for (int i = 0; i < 40; ++i) {
    std::string name = sample::letters(random, 1);
    if (random.chance(0.5)) name += random.chance(0.5) ? " " : "\t";
    const NodeKey key{NodeKind::kTag, name, industry_of(random)};
    const NodeKey other{NodeKind::kTag, sample::letters(random, 1), industry_of(random)};
    const std::string extra = sample::letters(random, random.chance(0.5) ? 3 : 70);
    const auto count = static_cast<std::uint32_t>(random.below(100));
    const auto weight = static_cast<float>(random.uniform(0.1, 1));
    const bool is_similar = random.chance(0.5);
    facts.push_back([=](TagGraphBuilder& builder) {
      const auto node = must(builder.add(key));
      builder.add_count(node, Source::kBody, count);
      must(builder.add_variant(node, base::utf8_cut(extra, 20)));
      must(builder.add_example(node, extra));
      const auto to = is_similar ? must(builder.add(other)) : must(builder.add({NodeKind::kCategory, "x", ""}));
      if (to == node) return;
      must(builder.add_edge(node, to, is_similar ? EdgeType::kSimilar : EdgeType::kInCategory, weight,
                            std::vector<SignalValue>{{"s" + std::to_string(count % 3), weight}}));
    });
  }
  return facts;
}

TEST(TagGraphBuilder, gives_the_same_bytes_in_whatever_order_it_is_told) {
  base::Random random(3);
  for (int round = 0; round < 100; ++round) {
    std::vector<Telling> facts = some_facts(random);
    std::optional<TagArrays> first;
    for (int order = 0; order < 4; ++order) {
      TagGraphBuilder builder;
      for (const char* industry : {"x", "y", "z"}) must(builder.add({NodeKind::kCategory, industry, ""}));
      for (const Telling& fact : facts) fact(builder);
      TagArrays arrays = must(builder.arrays());
      ASSERT_TRUE(check_columns(views_of(arrays)).ok()) << check_columns(views_of(arrays)).message();
      ASSERT_TRUE(!first || same(*first, arrays));
      first = std::move(arrays);
      for (std::size_t i = facts.size(); i > 1; --i) std::swap(facts[i - 1], facts[random.below(i)]);
    }
  }
}

TEST(TagGraphBuilder, adds_up_what_it_is_told_twice) {
  TagGraphBuilder builder;
  const auto node = must(builder.add({NodeKind::kTag, "ＷｉＦｉ", ""}));
  EXPECT_EQ(must(builder.add({NodeKind::kTag, "WiFi", ""})), node);
  EXPECT_EQ(must(builder.find({NodeKind::kTag, "wifi", ""})), node);
  builder.add_count(node, Source::kTitle, 3);
  builder.add_count(node, Source::kTitle, 0xFFFFFFFE);
  for (const char* sentence : {"dddd", "ccc", "a", "bb", "a"}) must(builder.add_example(node, sentence));
  must(builder.set_vector(node, std::vector<float>{1, 2}));
  const TagGraph graph = must(TagGraph::make(must(builder.arrays())));
  const NodeFacts facts = graph.facts(0);
  EXPECT_EQ(facts.name, "WiFi");
  EXPECT_EQ(facts.counts[0], 0xFFFFFFFF) << "counts stay at their largest";
  ASSERT_EQ(facts.examples.size(), 3U);
  EXPECT_EQ(graph.sentence(facts.examples[2]), "ccc") << "the shortest stay";
  EXPECT_THAT(graph.vector(0), testing::ElementsAre(1, 2));
}

std::string message(const base::Status& status) {
  return status.message();
}

TEST(TagGraphBuilder, refuses_what_cannot_be_and_names_the_node) {
  TagGraphBuilder builder;
  const auto tag = must(builder.add({NodeKind::kTag, "快", ""})),
             other = must(builder.add({NodeKind::kTag, "慢", ""}));
  const auto category = must(builder.add({NodeKind::kCategory, "搬家", ""}));
  EXPECT_THAT(message(builder.add({NodeKind::kTag, " ", ""}).status()), HasSubstr("0 bytes in normal form"));
  EXPECT_THAT(message(builder.add({NodeKind::kTag, "\xFF", ""}).status()), HasSubstr("expected UTF-8"));
  EXPECT_THAT(message(builder.add({NodeKind::kTag, std::string(129, 'a'), ""}).status()), HasSubstr("129 bytes"));
  EXPECT_THAT(message(builder.add({NodeKind::kTag, "a", "修"}).status()), HasSubstr("no such category"));
  EXPECT_THAT(message(builder.add({NodeKind::kCategory, "a", "搬家"}).status()), HasSubstr("has no industry"));
  EXPECT_THAT(message(builder.add_variant(tag, "")), HasSubstr("tag \"快\""));
  EXPECT_THAT(message(builder.add_example(tag, "\xFF")), HasSubstr("tag \"快\""));
  EXPECT_THAT(message(builder.set_polarity(tag, 2)), HasSubstr("expected -1, 0 or 1"));
  must(builder.set_polarity(tag, 1));
  EXPECT_THAT(message(builder.set_polarity(tag, -1)), HasSubstr("but 1 was told before"));
  EXPECT_THAT(message(builder.add_edge(tag, tag, EdgeType::kSimilar, 1, {})),
              HasSubstr("cannot lead from tag \"快\""));
  EXPECT_THAT(message(builder.add_edge(tag, category, EdgeType::kSimilar, 1, {})), HasSubstr("category \"搬家\""));
  EXPECT_THAT(message(builder.add_edge(tag, other, EdgeType::kSimilar, 0, {})), HasSubstr("above 0 and up to 1"));
  must(builder.set_vector(tag, std::vector<float>{1}));
  EXPECT_THAT(message(builder.set_vector(other, std::vector<float>{1, 2})), HasSubstr("a vector of 2 entries"));
}

TEST(TagGraphBuilder, merged_nodes_are_one_with_all_that_was_known_of_both) {
  TagGraphBuilder builder = sample::builder();
  const auto fast = must(builder.find({NodeKind::kTag, "快速上门", ""})),
             cat = must(builder.find({NodeKind::kTag, "cat", ""}));
  must(builder.merge(cat, fast));
  const TagGraph graph = must(TagGraph::make(must(builder.arrays())));
  const std::uint32_t row = sample::row(graph, NodeKind::kTag, "快速上门");
  EXPECT_EQ(graph.count(row), 41U);
  EXPECT_EQ(graph.find("CAT", kNoRow), row);
  EXPECT_FALSE(graph.node(NodeKind::kTag, "cat", kNoRow));
}

TEST(TagGraphBuilder, merged_categories_take_their_tags_along) {
  TagGraphBuilder builder = sample::builder();
  must(builder.add({NodeKind::kTag, "快速上门", "家电维修"}));
  const auto repair = must(builder.find({NodeKind::kCategory, "家电维修", ""}));
  const auto moving = must(builder.find({NodeKind::kCategory, "搬家", ""}));
  must(builder.merge(repair, moving));
  must(builder.find({NodeKind::kTag, "WiFi维修", "搬家"}));
  must(builder.find({NodeKind::kTag, "快速上门", "搬家"}));
  const TagGraph graph = must(TagGraph::make(must(builder.arrays())));
  const std::uint32_t row = sample::row(graph, NodeKind::kCategory, "搬家");
  EXPECT_EQ(graph.facts(sample::row(graph, NodeKind::kTag, "WiFi维修", "搬家")).industry, row);
  EXPECT_EQ(graph.edges(sample::row(graph, NodeKind::kTag, "快速上门"), EdgeType::kInCategory).to.size(), 1U);
  EXPECT_EQ(graph.edges(row, EdgeType::kMerges).to.size(), 0U) << "an edge to itself is none";
  must(builder.merge(moving, must(builder.add({NodeKind::kCategory, "生活服务", ""}))));
  must(builder.find({NodeKind::kTag, "WiFi维修", "生活服务"}));
}

TEST(TagGraphBuilder, removes_and_renames) {
  TagGraphBuilder builder = sample::builder();
  const auto fast = must(builder.find({NodeKind::kTag, "快速上门", ""})),
             moving = must(builder.find({NodeKind::kCategory, "搬家", ""}));
  EXPECT_THAT(message(builder.remove(moving)), HasSubstr("is the industry of tag \"快速上门\" of \"搬家\""));
  EXPECT_THAT(message(builder.rename(fast, "CAT")), HasSubstr("merge them instead"));
  must(builder.rename(fast, "上门快"));
  must(builder.remove_variant(fast, "快速上门"));
  EXPECT_THAT(message(builder.remove_variant(fast, "上门快")), HasSubstr("no variant to take away"));
  must(builder.remove(must(builder.find({NodeKind::kTag, "快速上门", "搬家"}))));
  must(builder.remove(moving));
  const TagGraph graph = must(TagGraph::make(must(builder.arrays())));
  EXPECT_TRUE(graph.find("快速上门").empty());
  const std::uint32_t row = sample::row(graph, NodeKind::kTag, "上门快");
  EXPECT_EQ(graph.edges(row, EdgeType::kInCategory).to.size(), 1U);
  EXPECT_EQ(graph.edges(row, EdgeType::kSimilar).to.size(), 0U);
  EXPECT_EQ(graph.columns().signal.size(), 2U);
  must(builder.remove(must(builder.find({NodeKind::kTag, "WiFi维修", "家电维修"}))));
  EXPECT_EQ(must(builder.arrays()).signal.size(), 0U) << "signals of edges that are gone";
}

}  // namespace
}  // namespace inkling::tag
