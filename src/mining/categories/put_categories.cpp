#include "mining/categories/put_categories.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "mining/categories/sorted_run.h"
#include "tag/retelling.h"

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
         const tag::TagGraph& graph, TagGraphBuilder& builder)
      : behaviour_(behaviour), knowledge_(knowledge), findings_(findings), graph_(graph), builder_(builder) {}

  base::Status put() {
    for (const std::string& name : behaviour_.categories) {
      INKLING_ASSIGN(nodes_.emplace_back(), builder_.add({NodeKind::kCategory, name, ""}));
    }
    INKLING_TRY(put_merges());
    for (std::uint32_t group = 0; group < findings_.splits.size(); ++group) INKLING_TRY(put_split(group));
    for (std::uint32_t need = 0; need < findings_.needs.size(); ++need) INKLING_TRY(put_need(need));
    for (const SceneTag& each : findings_.scene_tags) INKLING_TRY(put_scene_tag(each));
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

  base::Status put_need(std::uint32_t number) {
    const Need& need = findings_.needs[number];
    INKLING_ASSIGN(const auto node, builder_.add({NodeKind::kNeed, behaviour_.queries[need.query], ""}));
    builder_.add_count(node, tag::Source::kQuery, need.searches);
    for (const Contribution& each : need.categories) {
      // A PMI of 3 is twenty times as often as by chance: nearly certain.
      INKLING_TRY(builder_.add_edge(
          node, nodes_[each.category], EdgeType::kNeedOf, as_weight(std::tanh(each.pmi / 2)),
          std::vector<tag::SignalValue>{{"pmi", each.pmi}, {"clicks", static_cast<float>(each.count)}}));
    }
    for (const NeedTag& each : run_of(std::span<const NeedTag>(findings_.need_tags), number, &NeedTag::need)) {
      INKLING_TRY(put_need_tag(node, each));
    }
    return {};
  }

  base::Status put_need_tag(TagGraphBuilder::Handle need, const NeedTag& each) {
    INKLING_ASSIGN(const auto tag, builder_.find(tag::key_of(graph_, each.tag)));
    std::vector<tag::SignalValue> evidence;
    if (each.words > 0) evidence.push_back({"words", each.words});
    if (each.clicks > 0) {
      evidence.push_back({"pmi", each.pmi});
      evidence.push_back({"clicks", static_cast<float>(each.clicks)});
    }
    return builder_.add_edge(need, tag, EdgeType::kServedBy, as_weight(each.weight), evidence);
  }

  base::Status put_scene_tag(const SceneTag& each) {
    INKLING_ASSIGN(const auto scene, builder_.add({NodeKind::kScene, knowledge_.scenes[each.scene].name, ""}));
    INKLING_ASSIGN(const auto tag, builder_.add(each.tag));
    if (!each.category.empty()) {
      INKLING_ASSIGN(const auto category, builder_.add({NodeKind::kCategory, each.category, ""}));
      INKLING_TRY(
          builder_.add_edge(tag, category, EdgeType::kInCategory, 1, std::vector<tag::SignalValue>{{"named", 1}}));
    }
    return builder_.add_edge(tag, scene, EdgeType::kShownIn, as_weight(each.weight), each.evidence);
  }

  const Behaviour& behaviour_;
  const Knowledge& knowledge_;
  const CategoryFindings& findings_;
  const tag::TagGraph& graph_;
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
                            const tag::TagGraph& graph, tag::TagGraphBuilder& builder) {
  return Putter(behaviour, knowledge, findings, graph, builder).put();
}

}  // namespace inkling::categories
