#include "tag/incoming_edges.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace inkling::tag {

IncomingEdges::IncomingEdges(const TagGraph& graph) : start_(graph.nodes() + 2), edges_(graph.edge_count()) {
  const TagViews& columns = graph.columns();
  // One place further than start_ in the end, as every edge that is put in moves its row's on.
  for (const std::uint32_t to : columns.edge_to) ++start_[to + 2];
  std::partial_sum(start_.begin(), start_.end(), start_.begin());
  for (std::uint32_t row = 0; row < graph.nodes(); ++row) {
    const Edges leaving = graph.edges(row);
    for (std::uint32_t i = 0; i < leaving.to.size(); ++i) {
      edges_[start_[leaving.to[i] + 1]++] = {row, leaving.first + i};
    }
  }
  start_.pop_back();
  const auto order = [&](const IncomingEdge& edge) {
    return std::tuple(columns.edge_type[edge.edge], -columns.edge_weight[edge.edge], edge.edge);
  };
  for (std::uint32_t row = 0; row < graph.nodes(); ++row) {
    std::ranges::sort(std::span(edges_).subspan(start_[row], start_[row + 1] - start_[row]), {}, order);
  }
}

}  // namespace inkling::tag
