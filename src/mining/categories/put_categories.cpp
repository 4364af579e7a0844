#include "mining/categories/put_categories.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace inkling::categories {
namespace {

using tag::EdgeType;
using tag::NodeKind;
using tag::TagGraphBuilder;

float as_weight(double value) {
  return static_cast<float>(std::clamp(value, 0.01, 1.0));
}

class Putter {
 public:
  Putter(const Behaviour& behaviour, const Knowledge& knowledge, const CategoryFindings& findings,
         TagGraphBuilder& builder)
      : behaviour_(behaviour), knowledge_(knowledge), findings_(findings), builder_(builder) {}

  base::Status put() {
    for (const std::string& name : behaviour_.categories) {
      INKLING_ASSIGN(nodes_.emplace_back(), builder_.add({NodeKind::kCategory, name, ""}));
    }
    INKLING_TRY(put_merges());
    for (std::uint32_t group = 0; group < findings_.splits.size(); ++group) INKLING_TRY(put_split(group));
    for (const Need& need : findings_.needs) INKLING_TRY(put_need(need));
    return {};
  }

 private:
  base::Status put_merges() {
    const MergeFindings& merged = findings_.merged;
    for (std::uint32_t b = 1; b < nodes_.size(); ++b) {
      for (std::uint32_t a = 0; a < b; ++a) {
        if (merged.group[a] != merged.group[b] || nodes_[a] == nodes_[b]) continue;
        std::vector<tag::SignalValue> evidence;
        for (std::size_t i = 0; i < kMergeSignals; ++i) {
          evidence.push_back({std::string(kMergeSignalNames[i]), merged.signal[i].at(a, b)});
        }
        INKLING_TRY(
            builder_.add_edge(nodes_[a], nodes_[b], EdgeType::kMerges, as_weight(merged.score.at(a, b)), evidence));
      }
    }
    return {};
  }

  // Of a group's categories, the one with most posts gives the parts their names.
  [[nodiscard]] std::uint32_t largest_category(std::uint32_t group) const {
    std::vector<std::size_t> posts(nodes_.size(), 0);
    for (const Post& post : behaviour_.posts) ++posts[post.category];
    std::uint32_t largest = 0;
    bool found = false;
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      if (findings_.merged.group[i] != group || (found && posts[i] <= posts[largest])) continue;
      largest = i;
      found = true;
    }
    return largest;
  }

  base::Status put_split(std::uint32_t group) {
    const GroupSplit& split = findings_.splits[group];
    if (split.parts.size() < 2) return {};
    const std::uint32_t category = largest_category(group);
    for (const Part& part : split.parts) {
      if (part.kind.empty()) continue;
      const std::string name = part_name(knowledge_, behaviour_.categories[category], part.kind);
      INKLING_ASSIGN(const auto node, builder_.add({NodeKind::kCategory, name, ""}));
      if (node == nodes_[category]) continue;
      INKLING_TRY(
          builder_.add_edge(nodes_[category], node, EdgeType::kHyponym, as_weight(part.kind_share),
                            std::vector<tag::SignalValue>{
                                {"titles", static_cast<float>(part.kind_share)},
                                {"posts", static_cast<float>(part.posts.size())},
                                {"modularity", static_cast<float>(split.modularity - split.chance_modularity)}}));
    }
    return {};
  }

  base::Status put_need(const Need& need) {
    INKLING_ASSIGN(const auto node, builder_.add({NodeKind::kNeed, behaviour_.queries[need.query], ""}));
    builder_.add_count(node, tag::Source::kQuery, need.searches);
    for (const Contribution& each : need.categories) {
      // A PMI of 3 is twenty times as often as by chance: nearly certain.
      INKLING_TRY(builder_.add_edge(
          node, nodes_[each.category], EdgeType::kNeedOf, as_weight(std::tanh(each.pmi / 2)),
          std::vector<tag::SignalValue>{{"pmi", each.pmi}, {"clicks", static_cast<float>(each.count)}}));
    }
    return {};
  }

  const Behaviour& behaviour_;
  const Knowledge& knowledge_;
  const CategoryFindings& findings_;
  TagGraphBuilder& builder_;
  std::vector<TagGraphBuilder::Handle> nodes_;  // by category
};

}  // namespace

std::string part_name(const Knowledge& knowledge, std::string_view category, std::string_view kind) {
  for (const Hyponyms& hyponyms : knowledge.hyponyms) {
    if (std::ranges::find(hyponyms.kinds, kind) == hyponyms.kinds.end()) continue;
    for (const std::string& each : knowledge.templates) {
      if (filled(each, hyponyms.word) == category) return filled(each, kind);
    }
  }
  return std::string(category) + std::string(kind);
}

base::Status put_categories(const Behaviour& behaviour, const Knowledge& knowledge, const CategoryFindings& findings,
                            tag::TagGraphBuilder& builder) {
  return Putter(behaviour, knowledge, findings, builder).put();
}

}  // namespace inkling::categories
