#include "tag/tag_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tag/explanation.h"
#include "tag/sample_graph.h"

namespace inkling::tag {
namespace {

using sample::row;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(TagGraph, finds_surfaces_in_every_spelling_and_by_industry) {
  const TagGraph graph = sample::graph();
  const std::uint32_t repair = row(graph, NodeKind::kCategory, "家电维修"),
                      moving = row(graph, NodeKind::kCategory, "搬家");
  const std::uint32_t wifi = row(graph, NodeKind::kTag, "WiFi维修", "家电维修");
  const std::uint32_t fast = row(graph, NodeKind::kTag, "快速上门"),
                      fast_moving = row(graph, NodeKind::kTag, "快速上门", "搬家");
  EXPECT_THAT(graph.find("ＷＩＦＩ 维修"), ElementsAre(wifi));
  EXPECT_THAT(graph.find("无线网络维修"), ElementsAre(wifi));
  EXPECT_THAT(graph.find("上门快"), ElementsAre(fast, fast_moving)) << "the most seen first";
  EXPECT_THAT(graph.find("上门"), IsEmpty());
  EXPECT_EQ(graph.find("上门快", moving), fast_moving);
  EXPECT_EQ(graph.find("上门快", repair), fast);
  EXPECT_EQ(graph.find("上门快", kNoRow), fast);
  EXPECT_EQ(graph.find("wifi维修", moving), std::nullopt) << "another industry's";
  EXPECT_EQ(graph.find("wifi维修", kNoRow), wifi) << "no industry: any";
}

TEST(TagGraph, tells_what_is_known_of_a_node) {
  const TagGraph graph = sample::graph();
  const std::uint32_t wifi = row(graph, NodeKind::kTag, "WiFi维修", "家电维修");
  const NodeFacts facts = graph.facts(wifi);
  EXPECT_EQ(facts.name, "WiFi维修");
  EXPECT_EQ(facts.kind, NodeKind::kTag);
  EXPECT_EQ(facts.industry, row(graph, NodeKind::kCategory, "家电维修"));
  EXPECT_EQ(facts.polarity, kUnknownPolarity);
  EXPECT_EQ(graph.facts(row(graph, NodeKind::kTag, "快速上门")).polarity, 1);
  EXPECT_FALSE(facts.accepted);
  EXPECT_THAT(facts.counts, ElementsAre(7, 0, 0, 2));
  EXPECT_EQ(graph.count(wifi), 9U);
  ASSERT_EQ(facts.examples.size(), 1U);
  EXPECT_EQ(graph.sentence(facts.examples[0]), "WiFi 维修, 半小时上门");
  ASSERT_EQ(facts.variants.size(), 2U);
  EXPECT_EQ(graph.surface(facts.variants[0]), "wifi维修");
  EXPECT_EQ(graph.surface(facts.variants[1]), "无线网络维修");
  EXPECT_THAT(graph.vector(wifi), IsEmpty());
}

TEST(TagGraph, edges_stand_heaviest_first_and_go_both_ways_where_their_type_does) {
  const TagGraph graph = sample::graph();
  const std::uint32_t repair = row(graph, NodeKind::kCategory, "家电维修"),
                      moving = row(graph, NodeKind::kCategory, "搬家");
  const std::uint32_t fast = row(graph, NodeKind::kTag, "快速上门"),
                      fast_moving = row(graph, NodeKind::kTag, "快速上门", "搬家");
  EXPECT_EQ(graph.edges(fast).to.size(), 4U);
  EXPECT_THAT(graph.edges(fast, EdgeType::kInCategory).to, ElementsAre(moving, repair));
  EXPECT_THAT(graph.edges(fast, EdgeType::kInCategory).weight, ElementsAre(0.6F, 0.4F));
  EXPECT_THAT(graph.edges(fast_moving, EdgeType::kSimilar).to, ElementsAre(fast));
  EXPECT_THAT(graph.edges(moving, EdgeType::kMerges).to, ElementsAre(repair));
  EXPECT_THAT(graph.edges(moving, EdgeType::kHyponym).to, IsEmpty());
}

TEST(TagGraph, completes_and_ranks_by_how_often_tags_are_seen) {
  const TagGraph graph = sample::graph();
  const std::uint32_t fast = row(graph, NodeKind::kTag, "快速上门"),
                      fast_moving = row(graph, NodeKind::kTag, "快速上门", "搬家");
  EXPECT_THAT(graph.complete("快", 5), ElementsAre(fast, fast_moving));
  EXPECT_THAT(graph.complete("上门", 1), ElementsAre(fast));
  EXPECT_THAT(graph.complete("ＷＩ", 5), ElementsAre(row(graph, NodeKind::kTag, "WiFi维修", "家电维修")));
  EXPECT_THAT(graph.complete("x", 5), IsEmpty());
  const std::uint32_t moving = row(graph, NodeKind::kCategory, "搬家");
  EXPECT_THAT(graph.hot(moving, 5), ElementsAre(fast, fast_moving));
  EXPECT_THAT(graph.hot(moving, 1), ElementsAre(fast));
  EXPECT_THAT(graph.hot(fast, 5), IsEmpty());
}

TEST(TagGraph, explains_an_edge_by_its_evidence) {
  const TagGraph graph = sample::graph();
  const std::uint32_t wifi = row(graph, NodeKind::kTag, "WiFi维修", "家电维修");
  const Edges edges = graph.edges(wifi, EdgeType::kInCategory);
  EXPECT_EQ(explain(graph, wifi, edges.first),
            "\"WiFi维修\" belongs to the category \"家电维修\", weight 0.82: pmi 3.1, walks 0.5.");
  const std::uint32_t fast = row(graph, NodeKind::kTag, "快速上门");
  EXPECT_EQ(explain(graph, fast, graph.edges(fast, EdgeType::kInDimension).first),
            "\"快速上门\" belongs to the dimension \"速度\", weight 0.9.");
}

// Breaks one array of the sample; what comes of it must be refused by a sentence that names the tensor.
template <typename Break>
std::string refusal(Break breaks) {
  TagArrays arrays = sample::must(sample::builder().arrays());
  breaks(arrays);
  const auto graph = TagGraph::make(std::move(arrays));
  if (graph.ok()) return "taken";
  EXPECT_EQ(graph.status().code(), base::ErrorCode::kCorrupt);
  return graph.status().message();
}

TEST(TagGraph, refuses_arrays_that_lead_nowhere_and_names_the_tensor) {
  const auto names = [](const char* tensor) { return HasSubstr("tensor \"" + std::string(tensor) + "\""); };
  EXPECT_EQ(refusal([](TagArrays&) {}), "taken");
  EXPECT_THAT(refusal([](TagArrays& a) { a.kind[0] = 9; }), names("node.kind"));
  EXPECT_THAT(refusal([](TagArrays& a) { std::swap(a.kind.front(), a.kind.back()); }), names("node.kind"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.industry[0] = 0; }), names("node.industry"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.industry[0] = 99; }), names("node.industry"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.polarity[1] = 3; }), names("node.polarity"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.accepted[1] = 2; }), names("node.accepted"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.counts.pop_back(); }), names("node.counts"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.name.start[1] = 0; }), names("name.start"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.name.bytes[0] = '\xFF'; }), names("name.bytes"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.name.bytes.pop_back(); }), names("name.start"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.example[0] = 1; }), names("example.sentence"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.example_start.pop_back(); }), names("example.start"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.surface.bytes[0] = '~'; }), names("surface.start"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.surface.start[2] = 1000; }), names("surface.start"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.meaning[0] = 99; }), names("meaning.row"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.meaning[0] = kSharedMeaning | 1; }), names("meaning.row"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.shared[0] = 99; }), names("meaning.shared"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.shared[1] = 99; }), names("meaning.shared"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.shared.push_back(0); }), names("meaning.shared"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.edge_start[1] = 99; }), names("edge.start"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.edge_to[0] = 99; }), names("edge.to"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.edge_to[0] = 0; }), names("edge.to"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.edge_type[0] = 8; }), names("edge.type"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.edge_weight[0] = 0; }), names("edge.weight"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.edge_weight[2] = 0.99F; }), names("edge.weight")) << "out of order";
  EXPECT_THAT(refusal([](TagArrays& a) { a.evidence_start.back() = 1; }), names("evidence.start"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.evidence_signal[0] = 2; }), names("evidence.signal"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.evidence_value[0] = NAN; }), names("evidence.value"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.signal.start.clear(); }), names("signal.start"));
  EXPECT_THAT(refusal([](TagArrays& a) { a.vectors.resize(3); }), names("vectors"));
}

TEST(TagGraph, of_nothing_answers_nothing) {
  const TagGraph graph = sample::must(TagGraph::make(sample::must(TagGraphBuilder().arrays())));
  EXPECT_EQ(graph.nodes(), 0U);
  EXPECT_THAT(graph.find("a"), IsEmpty());
  EXPECT_THAT(graph.complete("", 3), IsEmpty());
}

}  // namespace
}  // namespace inkling::tag
