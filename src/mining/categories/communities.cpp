#include "mining/categories/communities.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

#include "base/core/random.h"

namespace inkling::categories {
namespace {

// One level: nodes move to the community of neighbours that gains most, until nobody moves.
class Level {
 public:
  Level(const WeightedGraph& graph, std::uint64_t seed)
      : graph_(graph), community_(graph.nodes()), degree_(graph.nodes()), weight_to_(graph.nodes(), 0) {
    std::iota(community_.begin(), community_.end(), 0U);
    for (std::uint32_t i = 0; i < graph.nodes(); ++i) degree_[i] = graph.degree(i);
    order_ = community_;
    base::Random random(seed);
    for (std::size_t i = order_.size(); i > 1; --i) std::swap(order_[i - 1], order_[random.below(i)]);
  }

  // Whether anything moved.
  bool settle() {
    constexpr int kMostPasses = 50;
    bool moved_ever = false;
    for (int pass = 0; pass < kMostPasses; ++pass) {
      bool moved = false;
      for (const std::uint32_t node : order_) moved = move(node) || moved;
      if (!moved) break;
      moved_ever = true;
    }
    return moved_ever;
  }

  std::vector<std::uint32_t> take_communities() { return std::move(community_); }

 private:
  bool move(std::uint32_t node) {
    touched_.clear();
    const auto neighbours = graph_.neighbours(node);
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      if (neighbours[i] == node) continue;
      double& weight = weight_to_[community_[neighbours[i]]];
      if (weight == 0) touched_.push_back(community_[neighbours[i]]);
      weight += graph_.weights(node)[i];
    }
    const std::uint32_t old = community_[node];
    degree_[old] -= graph_.degree(node);
    std::uint32_t best = old;
    double best_gain = gain(node, old) + kLeastGain;
    for (const std::uint32_t candidate : touched_) {
      const double found = gain(node, candidate);
      if (found > best_gain) {
        best_gain = found;
        best = candidate;
      }
    }
    for (const std::uint32_t candidate : touched_) weight_to_[candidate] = 0;
    community_[node] = best;
    degree_[best] += graph_.degree(node);
    return best != old;
  }

  [[nodiscard]] double gain(std::uint32_t node, std::uint32_t community) const {
    return weight_to_[community] - degree_[community] * graph_.degree(node) / (2 * graph_.total());
  }

  static constexpr double kLeastGain = 1e-9;  // rounding moves nobody
  const WeightedGraph& graph_;
  std::vector<std::uint32_t> community_, order_, touched_;
  std::vector<double> degree_, weight_to_;  // by community
};

WeightedGraph joined(const WeightedGraph& graph, std::span<const std::uint32_t> community, std::size_t count) {
  std::vector<WeightedEdge> edges = graph.edges();
  for (WeightedEdge& edge : edges) {
    edge.from = community[edge.from];
    edge.to = community[edge.to];
  }
  return {count, std::move(edges)};
}

}  // namespace

std::uint32_t number_in_order(std::span<std::uint32_t> group) {
  std::unordered_map<std::uint32_t, std::uint32_t> numbers;
  for (std::uint32_t& each : group)
    each = numbers.try_emplace(each, static_cast<std::uint32_t>(numbers.size())).first->second;
  return static_cast<std::uint32_t>(numbers.size());
}

std::vector<std::uint32_t> communities_of(const WeightedGraph& graph, std::uint64_t seed) {
  std::vector<std::uint32_t> all(graph.nodes());
  std::iota(all.begin(), all.end(), 0U);
  if (graph.total() <= 0) return all;
  WeightedGraph level = graph;
  for (std::uint64_t depth = 0;; ++depth) {
    Level settled(level, seed + depth);
    if (!settled.settle()) return all;
    std::vector<std::uint32_t> community = settled.take_communities();
    const std::uint32_t count = number_in_order(community);
    for (std::uint32_t& each : all) each = community[each];
    level = joined(level, community, count);
  }
}

double modularity(const WeightedGraph& graph, std::span<const std::uint32_t> community) {
  if (graph.total() <= 0) return 0;
  std::map<std::uint32_t, double> degrees;
  double inside = 0;
  for (std::uint32_t node = 0; node < graph.nodes(); ++node) degrees[community[node]] += graph.degree(node);
  for (const WeightedEdge& edge : graph.edges()) {
    if (community[edge.from] == community[edge.to]) inside += edge.weight;
  }
  double expected = 0;
  for (const auto& [number, degree] : degrees) expected += degree * degree;
  return inside / graph.total() - expected / (4 * graph.total() * graph.total());
}

}  // namespace inkling::categories
