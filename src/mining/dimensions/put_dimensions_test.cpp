#include "mining/dimensions/put_dimensions.h"

#include <gtest/gtest.h>

#include "tag/explanation.h"

namespace inkling::dimensions {
namespace {

TEST(PutDimensions, EdgesSayWhetherPeopleOrVectorsPutThemThere) {
  const std::vector<DimensionSeeds> seeds = {{"家电", "物品", {"空调"}}};
  Growth growth;
  growth.placed = {{0, 0, 2, 0.75F}};
  tag::TagGraphBuilder builder;
  ASSERT_TRUE(put_dimensions(seeds, std::vector<std::string>{"冰箱"}, growth, builder).ok());
  const auto graph = tag::TagGraph::make(*builder.arrays());
  ASSERT_TRUE(graph.ok());
  const auto industry = graph->node(tag::NodeKind::kCategory, "家电", tag::kNoRow);
  ASSERT_TRUE(industry);
  const auto told = [&](std::string_view name) {
    const auto row = graph->node(tag::NodeKind::kTag, name, *industry);
    return row ? tag::explain(*graph, *row, graph->edges(*row).first) : "not there";
  };
  EXPECT_NE(told("空调").find("seed 1"), std::string::npos) << told("空调");
  EXPECT_NE(told("冰箱").find("round 2"), std::string::npos) << told("冰箱");
  EXPECT_NE(told("冰箱").find("0.75"), std::string::npos) << told("冰箱");
}

}  // namespace
}  // namespace inkling::dimensions
