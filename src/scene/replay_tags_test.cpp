#include "scene/replay_tags.h"

#include <gtest/gtest.h>

namespace inkling::scene {
namespace {

TEST(ReplayTags, make_the_graph_that_is_told) {
  const auto tags = tags_from_json(
      R"({"nodes": {"category/Moving": 0, "tag/van@Moving": 7, "need/small move": 2},
          "edges": [["need/small move", "served_by", "tag/van@Moving", 0.5]]})");
  ASSERT_TRUE(tags.ok()) << tags.status().message();
  const std::uint32_t need = tags->ids->find("need/small move").value();
  const tag::Edges edges = tags->graph->edges(need, tag::EdgeType::kServedBy);
  ASSERT_EQ(edges.to.size(), 1U);
  EXPECT_EQ(tags->ids->id(edges.to[0]), "tag/van@Moving");
  EXPECT_EQ(edges.weight[0], 0.5F);
  EXPECT_EQ(tags->graph->count(edges.to[0]), 7U);
}

TEST(ReplayTags, say_what_is_wrong) {
  const auto says = [](const char* json) { return tags_from_json(json).status().message(); };
  EXPECT_EQ(says("[]"), R"(allowed is {"nodes": {id: count}, "edges": [[id, type, id, weight]]})");
  EXPECT_EQ(says(R"({"nodes": {"van": 1}, "edges": []})"), "\"van\", allowed is kind/name or kind/name@industry");
  EXPECT_EQ(says(R"({"nodes": {"tag/van": -1}, "edges": []})"),
            "tag/van: allowed is how often it was seen, 0 to 1000000");
  EXPECT_NE(says(R"({"nodes": {"tag/van@Moving": 1}, "edges": []})").find("Moving"), std::string::npos);
  EXPECT_EQ(says(R"({"nodes": {"tag/a": 1}, "edges": [["tag/a", "is", "tag/a", 1]]})"),
            "edges: there is no type \"is\"");
  EXPECT_NE(says(R"({"nodes": {"tag/a": 1}, "edges": [["tag/a", "similar", "tag/b", 1]]})").find("b"),
            std::string::npos);
}

}  // namespace
}  // namespace inkling::scene
