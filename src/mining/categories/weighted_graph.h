// A graph whose edges have weights and go both ways, in compressed rows: what is walked over and split into
// communities. Not for the tag graph (src/tag).
//
// Ownership: owns its arrays. Thread safety: const calls from any thread. Cost: making one sorts its edges; 8 bytes
// an edge and direction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace inkling::categories {

struct WeightedEdge {
  std::uint32_t from = 0, to = 0;
  float weight = 0;  // above 0
};

class WeightedGraph {
 public:
  WeightedGraph() = default;
  // Edges told twice, from either end, add up. An edge of a node to itself is kept once.
  WeightedGraph(std::size_t nodes, std::vector<WeightedEdge> edges);

  [[nodiscard]] std::size_t nodes() const { return start_.empty() ? 0 : start_.size() - 1; }
  [[nodiscard]] std::span<const std::uint32_t> neighbours(std::uint32_t node) const {
    return std::span(to_).subspan(start_[node], start_[node + 1] - start_[node]);
  }
  [[nodiscard]] std::span<const float> weights(std::uint32_t node) const {
    return std::span(weight_).subspan(start_[node], start_[node + 1] - start_[node]);
  }
  // Of all edges of the node; one to itself counts twice.
  [[nodiscard]] double degree(std::uint32_t node) const { return degree_[node]; }
  // Half the sum of all degrees.
  [[nodiscard]] double total() const { return total_; }
  // Each edge once.
  [[nodiscard]] std::vector<WeightedEdge> edges() const;

 private:
  std::vector<std::size_t> start_;
  std::vector<std::uint32_t> to_;
  std::vector<float> weight_;
  std::vector<double> degree_;
  double total_ = 0;
};

struct WalkOptions {
  std::size_t walks = 10;   // from each node
  std::size_t length = 20;  // nodes of a walk
  std::uint64_t seed = 1;
};

// Random walks, each a sentence of node_word()s for learn_skip_gram; the next node is drawn by the edges' weights.
// None begins at a node without edges. Cost: some ten million steps a second. Source: Perozzi, Al-Rfou, Skiena,
// "DeepWalk", KDD 2014; weights as in Wang et al., "Billion-scale Commodity Embedding", KDD 2018.
[[nodiscard]] std::vector<std::string> walks_over(const WeightedGraph& graph, const WalkOptions& options);
[[nodiscard]] std::string node_word(std::uint32_t node);

// The same edges between other nodes: every node keeps its number of edges, edges keep their weights, all else is
// chance. What a measure says of such a graph, it says of nothing.
[[nodiscard]] WeightedGraph shuffled(const WeightedGraph& graph, std::uint64_t seed);

}  // namespace inkling::categories
