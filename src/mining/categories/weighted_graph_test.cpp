#include "mining/categories/weighted_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mining/categories/communities.h"

namespace inkling::categories {
namespace {

using ::testing::ElementsAre;

// Two rings of five, joined by one edge.
WeightedGraph two_rings() {
  std::vector<WeightedEdge> edges = {{0, 5, 1}};
  for (std::uint32_t ring = 0; ring < 2; ++ring) {
    for (std::uint32_t i = 0; i < 5; ++i) {
      for (std::uint32_t j = i + 1; j < 5; ++j) edges.push_back({ring * 5 + i, ring * 5 + j, 1});
    }
  }
  return {11, edges};
}

TEST(WeightedGraph, EdgesToldFromEitherEndAddUp) {
  const WeightedGraph graph(3, {{0, 1, 1}, {1, 0, 2}, {1, 2, 4}});
  EXPECT_THAT(graph.neighbours(1), ElementsAre(0, 2));
  EXPECT_THAT(graph.weights(1), ElementsAre(3, 4));
  EXPECT_EQ(graph.degree(1), 7);
  EXPECT_EQ(graph.total(), 7);
}

TEST(WeightedGraph, WalksFollowEdgesAndAreTheSameFromTheSameSeed) {
  const WeightedGraph path(4, {{0, 1, 1}, {1, 2, 1}});
  const auto walks = walks_over(path, {.walks = 2, .length = 3, .seed = 7});
  EXPECT_EQ(walks.size(), 6U);  // none from node 3
  EXPECT_EQ(walks, walks_over(path, {.walks = 2, .length = 3, .seed = 7}));
  for (const std::string& walk : walks) EXPECT_TRUE(walk == "0 1 0" || walk == "0 1 2" || walk[2] != walk[0]) << walk;
}

TEST(WeightedGraph, AShuffledOneKeepsItsWeightAndLosesItsShape) {
  const WeightedGraph graph = two_rings(), chance = shuffled(graph, 3);
  EXPECT_EQ(chance.total(), graph.total());
  const std::vector<std::uint32_t> rings = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2};
  EXPECT_LT(modularity(chance, rings), modularity(graph, rings) - 0.2);
}

TEST(Communities, AreTheRings) {
  EXPECT_THAT(communities_of(two_rings(), 1), ElementsAre(0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2));
}

TEST(Communities, ModularityIsWhatNewmanSays) {
  const WeightedGraph graph(4, {{0, 1, 1}, {2, 3, 1}});
  EXPECT_DOUBLE_EQ(modularity(graph, std::vector<std::uint32_t>{0, 0, 1, 1}), 0.5);
  EXPECT_DOUBLE_EQ(modularity(graph, std::vector<std::uint32_t>{0, 0, 0, 0}), 0);
}

}  // namespace
}  // namespace inkling::categories
