#include "mining/categories/category_split.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "mining/categories/communities.h"
#include "mining/vectors/skip_gram.h"
#include "text/normal_form.h"

namespace inkling::categories {
namespace {

constexpr std::size_t kSoon = 3;  // steps of a session
constexpr float kClickWeight = 1, kConvertWeight = 3;
constexpr std::size_t kNearest = 8;
constexpr int kChanceGraphs = 3;
constexpr double kLeastKindShare = 0.25, kLeastKindLift = 2;

float weight_of(const Step& step) {
  return step.kind == StepKind::kConvert ? kConvertWeight : kClickWeight;
}

// Posts near each other in a session.
WeightedGraph post_graph(const Behaviour& behaviour) {
  std::vector<WeightedEdge> edges;
  for_each_session(behaviour, [&](std::span<const Step> session) {
    std::vector<Step> steps;
    std::ranges::copy_if(session, std::back_inserter(steps),
                         [](const Step& step) { return step.kind != StepKind::kSearch; });
    for (std::size_t i = 0; i < steps.size(); ++i) {
      for (std::size_t j = i + 1; j < std::min(steps.size(), i + 1 + kSoon); ++j) {
        if (steps[i].what == steps[j].what) continue;
        edges.push_back({steps[i].what, steps[j].what, weight_of(steps[i]) * weight_of(steps[j])});
      }
    }
  });
  return {behaviour.posts.size(), std::move(edges)};
}

base::Result<vectors::WordVectors> post_vectors(const WeightedGraph& graph, std::uint64_t seed) {
  vectors::SkipGramOptions options;
  options.dim = 32;
  options.epochs = 2;
  options.sampling = 1;
  options.seed = static_cast<int>(seed % 0x7FFFFFFF);
  const std::vector<std::string> walks = walks_over(graph, {.walks = 10, .length = 20, .seed = seed});
  if (walks.empty()) return vectors::WordVectors(static_cast<std::size_t>(options.dim));
  return vectors::learn_skip_gram(walks, {}, options);
}

// One group: its posts are nodes 0 to size - 1.
class Splitter {
 public:
  Splitter(std::vector<std::uint32_t> posts, const PostCompany& company, const NamedKinds& named,
           const SplitOptions& options)
      : posts_(std::move(posts)), vectors_(company.vectors), named_(named), options_(options) {
    take_behaviour(company.graph);
  }

  GroupSplit split() {
    GroupSplit split;
    std::vector<std::uint32_t> part = parts_of_layers();
    join_small(part);
    join_alike(part);
    const std::uint32_t count = number_in_order(part);
    split.modularity = modularity(behaviour_, part);
    if (asks_behaviour()) split.chance_modularity = chance_modularity();
    const bool stands_out = split.modularity >= split.chance_modularity + options_.least_excess;
    if (count < 2 || (asks_behaviour() && !stands_out)) std::ranges::fill(part, 0);
    put_parts(part, split);
    return split;
  }

 private:
  [[nodiscard]] double weight(SplitSignal signal) const { return options_.weight[static_cast<std::size_t>(signal)]; }
  // Vectors come from the same steps.
  [[nodiscard]] bool asks_behaviour() const {
    return weight(SplitSignal::kBehaviour) > 0 || weight(SplitSignal::kVectors) > 0;
  }

  void take_behaviour(const WeightedGraph& graph) {
    std::map<std::uint32_t, std::uint32_t> place;
    for (std::uint32_t i = 0; i < posts_.size(); ++i) place.emplace(posts_[i], i);
    std::vector<WeightedEdge> edges;
    for (std::uint32_t i = 0; i < posts_.size(); ++i) {
      const auto neighbours = graph.neighbours(posts_[i]);
      for (std::size_t j = 0; j < neighbours.size(); ++j) {
        const auto found = place.find(neighbours[j]);
        if (found != place.end() && found->second > i) {
          edges.push_back({i, found->second, graph.weights(posts_[i])[j]});
        }
      }
    }
    behaviour_ = WeightedGraph(posts_.size(), std::move(edges));
  }

  [[nodiscard]] std::span<const float> vector(std::uint32_t node) const {
    return vectors_.find(node_word(posts_[node]));
  }

  [[nodiscard]] std::vector<WeightedEdge> vector_layer() const {
    std::vector<WeightedEdge> edges;
    for (std::uint32_t i = 0; i < posts_.size(); ++i) {
      std::vector<WeightedEdge> near;
      for (std::uint32_t j = 0; j < posts_.size(); ++j) {
        if (j == i || vector(i).empty() || vector(j).empty()) continue;
        const float likeness = vectors::dot(vector(i), vector(j));
        if (likeness > 0) near.push_back({i, j, likeness});
      }
      const std::size_t kept = std::min(near.size(), kNearest);
      std::ranges::partial_sort(near, near.begin() + static_cast<std::ptrdiff_t>(kept), std::ranges::greater(),
                                &WeightedEdge::weight);
      edges.insert(edges.end(), near.begin(), near.begin() + static_cast<std::ptrdiff_t>(kept));
    }
    return edges;
  }

  // A kind is a node behind the posts, joined to all that name it.
  [[nodiscard]] std::vector<WeightedEdge> hyponym_layer() const {
    std::map<std::uint32_t, std::vector<std::uint32_t>> naming;
    for (std::uint32_t i = 0; i < posts_.size(); ++i) {
      for (const std::uint32_t kind : named_.of_post[posts_[i]]) naming[kind].push_back(i);
    }
    std::vector<WeightedEdge> edges;
    for (const auto& [kind, nodes] : naming) {
      if (nodes.size() < options_.least_posts) continue;
      for (const std::uint32_t node : nodes) {
        edges.push_back({node, static_cast<std::uint32_t>(posts_.size()) + kind, 1});
      }
    }
    return edges;
  }

  void add_layer(std::vector<WeightedEdge> layer, SplitSignal signal, std::vector<WeightedEdge>& edges) const {
    const double sum = std::accumulate(layer.begin(), layer.end(), 0.0,
                                       [](double so_far, const WeightedEdge& edge) { return so_far + edge.weight; });
    if (weight(signal) <= 0 || sum <= 0) return;
    const auto scale = static_cast<float>(weight(signal) * static_cast<double>(posts_.size()) / sum);
    for (WeightedEdge& edge : layer) {
      edge.weight *= scale;
      edges.push_back(edge);
    }
  }

  std::vector<std::uint32_t> parts_of_layers() {
    std::vector<WeightedEdge> edges;
    add_layer(behaviour_.edges(), SplitSignal::kBehaviour, edges);
    if (weight(SplitSignal::kVectors) > 0) add_layer(vector_layer(), SplitSignal::kVectors, edges);
    add_layer(hyponym_layer(), SplitSignal::kHyponyms, edges);
    layers_ = WeightedGraph(posts_.size() + named_.kinds.size(), std::move(edges));
    std::vector<std::uint32_t> part = communities_of(layers_, options_.seed);
    part_of_kind_.assign(part.begin() + std::ssize(posts_), part.end());
    part.resize(posts_.size());
    return part;
  }

  // Posts of parts that are too small go where most of their edges lead, else to the largest part.
  void join_small(std::vector<std::uint32_t>& part) const {
    std::map<std::uint32_t, std::size_t> sizes;
    for (const std::uint32_t each : part) ++sizes[each];
    const auto least = std::max(static_cast<double>(options_.least_posts),
                                options_.least_share * static_cast<double>(posts_.size()));
    const auto is_small = [&](std::uint32_t number) { return static_cast<double>(sizes[number]) < least; };
    const auto largest = std::ranges::max_element(sizes, {}, &std::pair<const std::uint32_t, std::size_t>::second);
    const std::vector<std::uint32_t> before = part;
    for (std::uint32_t node = 0; node < part.size(); ++node) {
      if (!is_small(before[node])) continue;
      std::map<std::uint32_t, double> towards;
      const auto neighbours = layers_.neighbours(node);
      for (std::size_t i = 0; i < neighbours.size(); ++i) {
        const std::uint32_t other =
            neighbours[i] < before.size() ? before[neighbours[i]] : part_of_kind_[neighbours[i] - before.size()];
        if (sizes.contains(other) && !is_small(other)) towards[other] += layers_.weights(node)[i];
      }
      const auto most = std::ranges::max_element(towards, {}, &std::pair<const std::uint32_t, double>::second);
      part[node] = most == towards.end() ? largest->first : most->first;
    }
  }

  void join_alike(std::vector<std::uint32_t>& part) const {
    if (weight(SplitSignal::kVectors) <= 0) return;
    while (join_two_alike(part)) {
    }
  }

  bool join_two_alike(std::vector<std::uint32_t>& part) const {
    std::map<std::uint32_t, std::vector<float>> means;
    for (std::uint32_t node = 0; node < part.size(); ++node) {
      if (vector(node).empty()) continue;
      std::vector<float>& mean = means.try_emplace(part[node], vectors_.columns(), 0.0F).first->second;
      for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += vector(node)[i];
    }
    for (auto& [number, mean] : means) vectors::scale_to_one(mean);
    for (auto one = means.begin(); one != means.end(); ++one) {
      for (auto other = std::next(one); other != means.end(); ++other) {
        if (vectors::dot(one->second, other->second) < static_cast<float>(options_.alike)) continue;
        std::ranges::replace(part, other->first, one->first);
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] double chance_modularity() const {
    double sum = 0;
    for (int i = 0; i < kChanceGraphs; ++i) {
      const std::uint64_t seed = options_.seed + static_cast<std::uint64_t>(i);
      const WeightedGraph chance = shuffled(behaviour_, seed);
      sum += modularity(chance, communities_of(chance, seed));
    }
    return sum / kChanceGraphs;
  }

  void put_parts(std::span<const std::uint32_t> part, GroupSplit& split) const {
    std::vector<std::uint32_t> numbers(part.begin(), part.end());
    split.parts.resize(number_in_order(numbers));
    for (std::size_t i = 0; i < numbers.size(); ++i) split.parts[numbers[i]].posts.push_back(posts_[i]);
    if (split.parts.size() < 2) return;
    for (Part& each : split.parts) name_part(each);
  }

  // The kind whose share of a part's titles is largest, when it stands out from the group's.
  void name_part(Part& part) const {
    const std::map<std::uint32_t, double> in_group = shares_of(posts_);
    for (const auto& [kind, share] : shares_of(part.posts)) {
      if (share < kLeastKindShare || share < kLeastKindLift * in_group.at(kind) || share <= part.kind_share) continue;
      part.kind = named_.kinds[kind];
      part.kind_share = share;
    }
  }

  [[nodiscard]] std::map<std::uint32_t, double> shares_of(std::span<const std::uint32_t> posts) const {
    std::map<std::uint32_t, double> shares;
    for (const std::uint32_t post : posts) {
      for (const std::uint32_t kind : named_.of_post[post]) shares[kind] += 1.0 / static_cast<double>(posts.size());
    }
    return shares;
  }

  std::vector<std::uint32_t> posts_;
  const vectors::WordVectors& vectors_;
  const NamedKinds& named_;
  const SplitOptions& options_;
  WeightedGraph behaviour_, layers_;
  std::vector<std::uint32_t> part_of_kind_;
};

}  // namespace

base::Result<PostCompany> post_company(const Behaviour& behaviour, std::uint64_t seed) {
  WeightedGraph graph = post_graph(behaviour);
  INKLING_ASSIGN(vectors::WordVectors vectors, post_vectors(graph, seed));
  return PostCompany{std::move(graph), std::move(vectors)};
}

NamedKinds named_kinds(const Behaviour& behaviour, const Knowledge& knowledge, const std::vector<bool>& doubtful) {
  NamedKinds named;
  for (const Hyponyms& hyponyms : knowledge.hyponyms) {
    named.kinds.insert(named.kinds.end(), hyponyms.kinds.begin(), hyponyms.kinds.end());
  }
  std::vector<std::string> forms;
  for (const std::string& kind : named.kinds) forms.push_back(text::normal_form(kind));
  named.of_post.resize(behaviour.posts.size());
  for (std::size_t post = 0; post < behaviour.posts.size(); ++post) {
    if (doubtful[post]) continue;
    const std::string title = text::normal_form(behaviour.posts[post].title);
    for (std::uint32_t i = 0; i < forms.size(); ++i) {
      if (title.find(forms[i]) != std::string::npos) named.of_post[post].push_back(i);
    }
  }
  return named;
}

std::vector<GroupSplit> split_groups(const Behaviour& behaviour, const PostCompany& company, const NamedKinds& named,
                                     std::span<const std::uint32_t> group_of_category, std::uint32_t groups,
                                     const SplitOptions& options) {
  std::vector<std::vector<std::uint32_t>> posts(groups);
  for (std::uint32_t i = 0; i < behaviour.posts.size(); ++i) {
    posts[group_of_category[behaviour.posts[i].category]].push_back(i);
  }
  std::vector<GroupSplit> splits;
  for (auto& each : posts) splits.push_back(Splitter(std::move(each), company, named, options).split());
  return splits;
}

}  // namespace inkling::categories
