// What speaks for each node of the tag graph, gathered from items, categories and words. Not for which nodes may be
// shown. One a thread: its arrays, 4 bytes a node of the graph, are kept from request to request.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "scene/tagged_items.h"

namespace inkling::stages::recall::scene_tags {

inline constexpr std::size_t kMaxJoined = 100;  // edges of one node that are looked at, heaviest first

struct Spoken {
  float weight = 0;
  std::uint32_t about = tag::kNoRow;  // the node that spoke most for it; itself counts
};

class Wants {
 public:
  void begin(const scene::TaggedItems& items) {
    for (const std::uint32_t row : touched_) weight_[row] = 0;
    touched_.clear();
    categories_.clear();
    if (weight_.size() < items.graph().nodes()) weight_.resize(items.graph().nodes());
    items_ = &items;
  }

  // Each item speaks for its tags as its vector of length 1 says, so a long text counts no more than a short one.
  void add_item(std::uint32_t row, float weight) {
    const tag::CarriedTags& carried = items_->carried();
    const float length = carried.length(row);
    if (length == 0) return;
    for (const std::uint32_t tag : carried.tags_of(row)) add(tag, weight * carried.idf(tag) / length);
  }

  // A node itself, and the tags by which items are found for it. A category speaks for what belongs to it.
  void add_node(std::uint32_t row, float weight) {
    if (items_->graph().facts(row).kind == tag::NodeKind::kCategory) return add_category(row, weight);
    add(row, weight);
    each_tag(row, [&](std::uint32_t tag, float share) { add(tag, weight * share); });
  }

  void add_category(std::uint32_t row, float weight) {
    if (row == tag::kNoRow) return;
    const auto known = std::ranges::find(categories_, row, &Category::row);
    if (known != categories_.end()) {
      known->weight += weight;
    } else {
      categories_.push_back({row, weight});
    }
  }

  // On a category's own page it speaks for all that is there alike, and those of other pages would speak for the tags
  // that any page has. Its kinds are left.
  void keep_kinds(std::uint32_t page, std::span<const std::uint32_t> page_and_kinds) {
    std::erase_if(categories_, [&](const Category& category) {
      return category.row == page || std::ranges::find(page_and_kinds, category.row) == page_and_kinds.end();
    });
  }

  // What was gathered for the node itself, and for its tags and the categories that it belongs to (as cosines, but
  // for the length that all share).
  [[nodiscard]] Spoken spoken_for(std::uint32_t row) const {
    Spoken spoken{weight_[row], row};
    float most = weight_[row], dot = 0, squares = 0;
    each_tag(row, [&](std::uint32_t tag, float share) {
      dot += share * weight_[tag];
      squares += share * share;
      note(share * weight_[tag], tag, most, spoken);
    });
    if (squares > 0) spoken.weight += dot / std::sqrt(squares);
    add_categories(row, most, spoken);
    return spoken;
  }

  struct Category {
    std::uint32_t row = 0;
    float weight = 0;
  };
  [[nodiscard]] std::span<const Category> categories() const { return categories_; }

  // visit(tag, share) of the tags that serve a need or are shown in a scene; none of a tag.
  template <typename Visit>
  void each_tag(std::uint32_t row, Visit visit) const {
    const tag::TagGraph& graph = items_->graph();
    const tag::NodeKind kind = graph.facts(row).kind;
    if (kind == tag::NodeKind::kNeed) {
      const tag::Edges edges = graph.edges(row, tag::EdgeType::kServedBy);
      for (std::size_t i = 0; i < std::min(edges.to.size(), kMaxJoined); ++i) visit(edges.to[i], edges.weight[i]);
    } else if (kind == tag::NodeKind::kScene) {
      std::size_t seen = 0;
      for (const tag::IncomingEdge& edge : items_->incoming().of(row)) {
        if (graph.columns().edge_type[edge.edge] != static_cast<std::uint8_t>(tag::EdgeType::kShownIn)) continue;
        if (seen++ == kMaxJoined) return;
        visit(edge.from, graph.columns().edge_weight[edge.edge]);
      }
    }
  }

 private:
  static void note(float weight, std::uint32_t about, float& most, Spoken& spoken) {
    if (weight <= most) return;
    most = weight;
    spoken.about = about;
  }

  void add(std::uint32_t row, float weight) {
    if (weight_[row] == 0) touched_.push_back(row);
    weight_[row] += weight;
  }

  void add_categories(std::uint32_t row, float most, Spoken& spoken) const {
    const bool is_need = items_->graph().facts(row).kind == tag::NodeKind::kNeed;
    const tag::Edges edges =
        items_->graph().edges(row, is_need ? tag::EdgeType::kNeedOf : tag::EdgeType::kInCategory);
    float dot = 0, squares = 0;
    for (std::size_t i = 0; i < edges.to.size(); ++i) {
      squares += edges.weight[i] * edges.weight[i];
      const auto category = std::ranges::find(categories_, edges.to[i], &Category::row);
      if (category == categories_.end()) continue;
      dot += category->weight * edges.weight[i];
      note(category->weight * edges.weight[i], category->row, most, spoken);
    }
    if (squares > 0) spoken.weight += dot / std::sqrt(squares);
  }

  const scene::TaggedItems* items_ = nullptr;
  std::vector<float> weight_;  // by node; 0 where nothing spoke
  std::vector<std::uint32_t> touched_;
  std::vector<Category> categories_;  // few
};

}  // namespace inkling::stages::recall::scene_tags
