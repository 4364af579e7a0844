#include "mining/categories/put_categories.h"

#include <gtest/gtest.h>

#include "tag/explanation.h"

namespace inkling::categories {
namespace {

const Knowledge kKnowledge{{{"家电", {"电视", "冰箱"}}}, {"{}清洗", "{}维修"}};

TEST(PutCategories, APartIsNamedByTemplateAndKind) {
  EXPECT_EQ(part_name(kKnowledge, "家电维修", "电视"), "电视维修");
  EXPECT_EQ(part_name(kKnowledge, "修东西", "电视"), "修东西电视");
}

TEST(PutCategories, EveryEdgeSaysWhy) {
  Behaviour town;
  town.categories = {"家电维修", "家电修理"};
  town.posts = {{"p", 0, ""}, {"q", 0, ""}, {"r", 1, ""}};
  town.queries = {"修电视"};
  PairMatrix signal(2);
  signal.at(0, 1) = 0.75F;
  CategoryFindings findings{group_categories({signal, signal, signal, signal}, {}), {}, {}, {}, {}};
  findings.splits = {{{{{0}, "电视", 0.5}, {{1, 2}, "", 0}}, 0.6, 0.2}};
  findings.needs = {{0, 25, {{0, 1, 9, 2.0F}}}};
  tag::TagGraphBuilder builder;
  const auto none = tag::TagGraph::make(*tag::TagGraphBuilder().arrays());
  ASSERT_TRUE(put_categories(town, kKnowledge, findings, *none, builder).ok());
  const auto graph = tag::TagGraph::make(*builder.arrays());
  ASSERT_TRUE(graph.ok());
  const auto told = [&](tag::NodeKind kind, std::string_view name, tag::EdgeType type) {
    const auto row = graph->node(kind, name, tag::kNoRow);
    if (!row || graph->edges(*row, type).to.empty()) return std::string("not there");
    return tag::explain(*graph, *row, graph->edges(*row, type).first);
  };
  using tag::EdgeType;
  using tag::NodeKind;
  const std::string merges = told(NodeKind::kCategory, "家电修理", EdgeType::kMerges);
  EXPECT_NE(merges.find("queries 0.75"), std::string::npos) << merges;
  const std::string hyponym = told(NodeKind::kCategory, "家电维修", EdgeType::kHyponym);
  EXPECT_NE(hyponym.find("电视维修"), std::string::npos) << hyponym;
  EXPECT_NE(hyponym.find("modularity 0.4"), std::string::npos) << hyponym;
  const std::string need = told(NodeKind::kNeed, "修电视", EdgeType::kNeedOf);
  EXPECT_NE(need.find("clicks 9"), std::string::npos) << need;
}

}  // namespace
}  // namespace inkling::categories
