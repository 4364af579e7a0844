#include "tag/node_ids.h"

#include <gtest/gtest.h>

#include "tag/sample_graph.h"

namespace inkling::tag {
namespace {

TEST(NodeIds, tell_kind_name_and_industry) {
  const TagGraph graph = sample::graph();
  const NodeIds ids(graph);
  EXPECT_EQ(ids.id(sample::row(graph, NodeKind::kTag, "快速上门")), "tag/快速上门");
  EXPECT_EQ(ids.id(sample::row(graph, NodeKind::kTag, "快速上门", "搬家")), "tag/快速上门@搬家");
  EXPECT_EQ(ids.id(sample::row(graph, NodeKind::kCategory, "搬家")), "category/搬家");
}

TEST(NodeIds, find_every_node_again_and_nothing_else) {
  const TagGraph graph = sample::graph();
  const NodeIds ids(graph);
  for (std::uint32_t row = 0; row < graph.nodes(); ++row) EXPECT_EQ(ids.find(ids.id(row)), row);
  for (const char* none : {"", "tag/", "快速上门", "need/快速上门", "tag/快速上门@", "tag/快速上门@家电维修"}) {
    EXPECT_EQ(ids.find(none), std::nullopt) << none;
  }
}

}  // namespace
}  // namespace inkling::tag
