#include "tag/retelling.h"

#include <string>
#include <vector>

#include "tag/explanation.h"

namespace inkling::tag {
namespace {

using Handles = std::vector<TagGraphBuilder::Handle>;  // by row

base::Status tell_node(const TagGraph& graph, std::uint32_t row, TagGraphBuilder& builder, Handles& handles) {
  const NodeFacts facts = graph.facts(row);
  INKLING_ASSIGN(const auto node, builder.add(key_of(graph, row)));
  handles[row] = node;
  for (std::size_t i = 0; i < kSources; ++i) builder.add_count(node, static_cast<Source>(i), facts.counts[i]);
  for (const std::uint32_t surface : facts.variants) INKLING_TRY(builder.add_variant(node, graph.surface(surface)));
  for (const std::uint32_t example : facts.examples) INKLING_TRY(builder.add_example(node, graph.sentence(example)));
  if (facts.polarity != kUnknownPolarity) INKLING_TRY(builder.set_polarity(node, facts.polarity));
  if (facts.accepted) builder.accept(node);
  const auto vector = graph.vector(row);
  return vector.empty() ? base::Status() : builder.set_vector(node, vector);
}

base::Status tell_edges(const TagGraph& graph, std::uint32_t row, TagGraphBuilder& builder, const Handles& handles) {
  const Edges edges = graph.edges(row);
  for (std::uint32_t i = 0; i < edges.to.size(); ++i) {
    const auto type = static_cast<EdgeType>(edges.type[i]);
    if (rule_of(type).both_ways && edges.to[i] < row) continue;  // told from its other end
    INKLING_TRY(builder.add_edge(handles[row], handles[edges.to[i]], type, edges.weight[i],
                                 evidence_of(graph, edges.first + i)));
  }
  return {};
}

}  // namespace

NodeKey key_of(const TagGraph& graph, std::uint32_t row) {
  const NodeFacts facts = graph.facts(row);
  return {facts.kind, std::string(facts.name),
          facts.industry == kNoRow ? std::string() : std::string(graph.name(facts.industry))};
}

base::Result<TagGraphBuilder> retold(const TagGraph& graph) {
  TagGraphBuilder builder;
  const auto nodes = static_cast<std::uint32_t>(graph.nodes());
  Handles handles(nodes, kNoRow);
  const auto is_category = [&](std::uint32_t row) {
    return graph.columns().kind[row] == static_cast<std::uint8_t>(NodeKind::kCategory);
  };
  for (const bool categories : {true, false}) {  // a tag's industry must be there before it
    for (std::uint32_t row = 0; row < nodes; ++row) {
      if (is_category(row) == categories) INKLING_TRY(tell_node(graph, row, builder, handles));
    }
  }
  for (std::uint32_t row = 0; row < nodes; ++row) INKLING_TRY(tell_edges(graph, row, builder, handles));
  return builder;
}

}  // namespace inkling::tag
