#include "tag/incoming_edges.h"

#include <gtest/gtest.h>

#include <string>

#include "tag/sample_graph.h"

namespace inkling::tag {
namespace {

std::string told(const TagGraph& graph, std::span<const IncomingEdge> edges) {
  std::string all;
  for (const auto& [from, edge] : edges) {
    all += std::string(rule_of(static_cast<EdgeType>(graph.columns().edge_type[edge])).name) + " " +
           std::string(graph.name(from)) + "; ";
  }
  return all;
}

TEST(IncomingEdges, are_by_type_and_heaviest_first) {
  const TagGraph graph = sample::graph();
  const IncomingEdges incoming(graph);
  EXPECT_EQ(told(graph, incoming.of(sample::row(graph, NodeKind::kCategory, "家电维修"))),
            "in_category WiFi维修; in_category 快速上门; merges 搬家; ");
  EXPECT_EQ(told(graph, incoming.of(sample::row(graph, NodeKind::kDimension, "速度"))), "in_dimension 快速上门; ");
  EXPECT_TRUE(incoming.of(sample::row(graph, NodeKind::kTag, "cat")).empty());
}

TEST(IncomingEdges, hold_every_edge_once) {
  const TagGraph graph = sample::graph();
  const IncomingEdges incoming(graph);
  std::size_t count = 0;
  for (std::uint32_t row = 0; row < graph.nodes(); ++row) {
    for (const auto& [from, edge] : incoming.of(row)) {
      ++count;
      EXPECT_EQ(graph.columns().edge_to[edge], row);
      EXPECT_GE(edge, graph.edges(from).first);
      EXPECT_LT(edge, graph.edges(from).first + graph.edges(from).to.size());
    }
  }
  EXPECT_EQ(count, graph.edge_count());
}

TEST(IncomingEdges, of_an_empty_graph_are_none) {
  const TagGraph empty = sample::must(TagGraph::make(sample::must(TagGraphBuilder().arrays())));
  EXPECT_NO_THROW(IncomingEdges incoming(empty));
}

}  // namespace
}  // namespace inkling::tag
