// Communities of a weighted graph: groups of nodes with more weight among them than chance would give. Not for nodes
// that may be in several.
//
// Deterministic: nodes are visited in an order drawn from the seed. Thread safety: pure. Cost: some passes over the
// edges. Source: Blondel, Guillaume, Lambiotte, Lefebvre, "Fast unfolding of communities in large networks", 2008;
// Newman and Girvan, "Finding and evaluating community structure in networks", 2004.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mining/categories/weighted_graph.h"

namespace inkling::categories {

// The community of each node, numbered from 0 in the order of their first nodes; a node without edges is alone.
[[nodiscard]] std::vector<std::uint32_t> communities_of(const WeightedGraph& graph, std::uint64_t seed);

// The share of weight inside communities beyond what degrees alone would give: 0 for chance, below 1.
[[nodiscard]] double modularity(const WeightedGraph& graph, std::span<const std::uint32_t> community);

// Numbers groups from 0 in the order of their first members. The number of groups.
std::uint32_t number_in_order(std::span<std::uint32_t> group);

}  // namespace inkling::categories
