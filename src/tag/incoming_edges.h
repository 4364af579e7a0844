// The edges that arrive at a node, which a graph keeps only from where they leave: what a category holds, whom a
// scene shows. Not for what leaves (TagGraph::edges). Ownership: copies nothing of the graph and does not refer to
// it. Thread safety: const calls from any thread. Cost: 8 bytes an edge and 4 a node; making it sorts each node's
// edges.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tag/tag_graph.h"

namespace inkling::tag {

struct IncomingEdge {
  std::uint32_t from = 0;  // the row that it leaves
  std::uint32_t edge = 0;  // its number, as Edges::first counts them
};

class IncomingEdges {
 public:
  explicit IncomingEdges(const TagGraph& graph);

  // By type, then heaviest first.
  [[nodiscard]] std::span<const IncomingEdge> of(std::uint32_t row) const {
    return std::span(edges_).subspan(start_[row], start_[row + 1] - start_[row]);
  }

 private:
  std::vector<std::uint32_t> start_;  // one more than there are rows
  std::vector<IncomingEdge> edges_;
};

}  // namespace inkling::tag
