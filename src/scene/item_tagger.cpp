#include "scene/item_tagger.h"

#include <algorithm>

#include "base/core/hash.h"

namespace inkling::scene {

std::uint32_t category_row(const tag::TagGraph& graph, std::span<const std::string> path) {
  for (std::size_t i = path.size(); i > 0; --i) {
    if (const auto row = graph.node(tag::NodeKind::kCategory, path[i - 1], tag::kNoRow)) return *row;
  }
  return tag::kNoRow;
}

ItemTags ItemTagger::tags_of(const domain::Item& item) {
  const std::uint32_t industry = category_row(graph_, item.category);
  ItemTags found;
  for (const std::string& given : item.tags) give(given, industry, found);
  for (const std::string* text : {&item.title, &item.text}) {
    for (const tag::TagMatch& match : extractor_.extract(graph_, *text, industry)) add(match.row, found);
  }
  std::ranges::sort(found.tags);
  found.market = base::name_hash(item.market);
  return found;
}

// A surface may mean a category or a need as well; what an item was given as a tag is meant as one.
void ItemTagger::give(std::string_view surface, std::uint32_t industry, ItemTags& found) const {
  std::optional<std::uint32_t> best;
  for (const std::uint32_t row : graph_.find(surface)) {
    const tag::NodeFacts facts = graph_.facts(row);
    if (facts.kind != tag::NodeKind::kTag) continue;
    if (facts.industry == industry) return add(row, found);
    if (!best || facts.industry == tag::kNoRow) best = row;
  }
  const bool fits = best && (industry == tag::kNoRow || graph_.facts(*best).industry == tag::kNoRow);
  if (fits) add(*best, found);
}

void ItemTagger::add(std::uint32_t row, ItemTags& found) const {
  const bool is_tag = graph_.facts(row).kind == tag::NodeKind::kTag;
  const bool has_room = found.tags.size() < kMaxItemTags;
  if (is_tag && has_room && std::ranges::find(found.tags, row) == found.tags.end()) found.tags.push_back(row);
}

}  // namespace inkling::scene
