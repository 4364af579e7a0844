// Why two nodes are joined, for people: the evidence of an edge as pairs and as one sentence. Not for programs that
// compare values (TagGraph::evidence). Thread safety: pure. Cost: some allocations.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tag/tag_graph.h"
#include "tag/tag_graph_builder.h"

namespace inkling::tag {

// `edge` is a number, as Edges::first counts them.
[[nodiscard]] std::vector<SignalValue> evidence_of(const TagGraph& graph, std::uint32_t edge);

// `"WiFi维修" belongs to the category "家电维修", weight 0.82: pmi 3.1, walks 0.82.` `row` is the one that the edge
// leaves.
[[nodiscard]] std::string explain(const TagGraph& graph, std::uint32_t row, std::uint32_t edge);

}  // namespace inkling::tag
