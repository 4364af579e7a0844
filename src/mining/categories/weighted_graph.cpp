#include "mining/categories/weighted_graph.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/core/random.h"

namespace inkling::categories {
namespace {

// Sorted, lower end first, each pair once.
void join_equal(std::vector<WeightedEdge>& edges) {
  for (WeightedEdge& edge : edges) {
    if (edge.from > edge.to) std::swap(edge.from, edge.to);
  }
  // By weight as well, so that sums do not depend on the order in which edges were told.
  std::ranges::sort(edges, {}, [](const WeightedEdge& edge) { return std::tuple(edge.from, edge.to, edge.weight); });
  std::size_t kept = 0;
  for (const WeightedEdge& edge : edges) {
    if (kept > 0 && edges[kept - 1].from == edge.from && edges[kept - 1].to == edge.to) {
      edges[kept - 1].weight += edge.weight;
    } else {
      edges[kept++] = edge;
    }
  }
  edges.resize(kept);
}

// Steps over a graph, drawn by weight with one binary search each.
class Walker {
 public:
  explicit Walker(const WeightedGraph& graph) : graph_(graph), sums_(graph.nodes()) {
    for (std::uint32_t node = 0; node < graph.nodes(); ++node) {
      double sum = 0;
      for (const float weight : graph.weights(node)) sums_[node].push_back(sum += weight);
    }
  }

  [[nodiscard]] std::string walk(std::uint32_t node, std::size_t length, base::Random& random) const {
    std::string sentence = node_word(node);
    for (std::size_t step = 1; step < length; ++step) {
      const std::vector<double>& sums = sums_[node];
      const auto drawn = std::ranges::upper_bound(sums, random.uniform() * sums.back());
      const auto place = std::min<std::ptrdiff_t>(drawn - sums.begin(), std::ssize(sums) - 1);
      node = graph_.neighbours(node)[static_cast<std::size_t>(place)];
      sentence += ' ' + node_word(node);
    }
    return sentence;
  }

 private:
  const WeightedGraph& graph_;
  std::vector<std::vector<double>> sums_;
};

}  // namespace

WeightedGraph::WeightedGraph(std::size_t nodes, std::vector<WeightedEdge> edges)
    : start_(nodes + 1, 0), degree_(nodes, 0) {
  join_equal(edges);
  for (const WeightedEdge& edge : edges) {
    ++start_[edge.from + 1];
    if (edge.to != edge.from) ++start_[edge.to + 1];
    degree_[edge.from] += edge.weight;
    degree_[edge.to] += edge.weight;
    total_ += edge.weight;
  }
  for (std::size_t i = 0; i < nodes; ++i) start_[i + 1] += start_[i];
  to_.resize(start_.back());
  weight_.resize(start_.back());
  std::vector<std::size_t> next(start_.begin(), start_.end() - 1);
  const auto put = [&](std::uint32_t from, std::uint32_t to, float weight) {
    to_[next[from]] = to;
    weight_[next[from]++] = weight;
  };
  for (const WeightedEdge& edge : edges) {
    put(edge.from, edge.to, edge.weight);
    if (edge.to != edge.from) put(edge.to, edge.from, edge.weight);
  }
}

std::vector<WeightedEdge> WeightedGraph::edges() const {
  std::vector<WeightedEdge> all;
  for (std::uint32_t node = 0; node < nodes(); ++node) {
    for (std::size_t i = 0; i < neighbours(node).size(); ++i) {
      if (neighbours(node)[i] >= node) all.push_back({node, neighbours(node)[i], weights(node)[i]});
    }
  }
  return all;
}

std::string node_word(std::uint32_t node) {
  return std::to_string(node);
}

std::vector<std::string> walks_over(const WeightedGraph& graph, const WalkOptions& options) {
  const Walker walker(graph);
  base::Random random(options.seed);
  std::vector<std::string> sentences;
  for (std::size_t i = 0; i < options.walks; ++i) {
    for (std::uint32_t node = 0; node < graph.nodes(); ++node) {
      if (!graph.neighbours(node).empty()) sentences.push_back(walker.walk(node, options.length, random));
    }
  }
  return sentences;
}

WeightedGraph shuffled(const WeightedGraph& graph, std::uint64_t seed) {
  constexpr int kSwapsAnEdge = 10;
  std::vector<WeightedEdge> edges = graph.edges();
  base::Random random(seed);
  for (std::size_t i = 0; i < edges.size() * kSwapsAnEdge; ++i) {
    WeightedEdge& one = edges[random.below(edges.size())];
    WeightedEdge& other = edges[random.below(edges.size())];
    std::uint32_t& end = random.chance(0.5) ? other.from : other.to;
    std::swap(one.to, end);
  }
  return {graph.nodes(), std::move(edges)};
}

}  // namespace inkling::categories
