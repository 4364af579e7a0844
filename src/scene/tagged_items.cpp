#include "scene/tagged_items.h"

#include <algorithm>

namespace inkling::scene {
namespace {

tag::TagLists lists_of(const index::World& world, const TaggedItems* before, std::span<const ItemTagsOfRow> told,
                       std::vector<std::uint64_t>& market) {
  tag::TagLists lists;
  lists.start.reserve(world.item_count() + 1);
  market.reserve(world.item_count());
  for (std::uint32_t row = 0; row < world.item_count(); ++row) {
    const bool is_told = !told.empty() && told.front().first == row;
    if (is_told) {
      lists.add(told.front().second.tags);
      market.push_back(told.front().second.market);
      told = told.subspan(1);
    } else {
      lists.add(before != nullptr ? before->carried().tags_of(row) : std::span<const std::uint32_t>());
      market.push_back(before != nullptr ? before->market_of(row) : 0);
    }
  }
  return lists;
}

std::vector<std::uint32_t> by_demand(const index::World& world, const tag::TagLists& lists) {
  struct Item {
    double popularity_log2;
    std::int64_t first_ms;
    std::uint32_t row;
  };
  std::vector<Item> items;
  for (std::uint32_t row = 0; row < lists.rows(); ++row) {
    const index::ItemFacts& facts = world.facts(row);
    if (facts.available() && !lists.of(row).empty()) {
      items.push_back({world.demand(row).popularity_log2, facts.first_ms, row});
    }
  }
  std::ranges::sort(items, [](const Item& a, const Item& b) {
    if (a.popularity_log2 != b.popularity_log2) return a.popularity_log2 > b.popularity_log2;
    return a.first_ms != b.first_ms ? a.first_ms > b.first_ms : a.row > b.row;
  });
  std::vector<std::uint32_t> rows(items.size());
  std::ranges::transform(items, rows.begin(), &Item::row);
  return rows;
}

std::vector<std::uint32_t> categories_of(const index::World& world, const tag::TagGraph& graph) {
  std::vector<std::uint32_t> rows(world.category_count());
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    rows[i] = graph.node(tag::NodeKind::kCategory, world.category(i).leaf, tag::kNoRow).value_or(tag::kNoRow);
  }
  return rows;
}

tag::CarriedTags carried_in(const index::World& world, tag::TagLists lists, std::size_t nodes) {
  auto order = by_demand(world, lists);
  return {std::move(lists), std::move(order), nodes};
}

}  // namespace

LiveTags live_tags(tag::TagGraph graph, std::string version) {
  auto shared = std::make_shared<const tag::TagGraph>(std::move(graph));
  return {shared, std::make_shared<const tag::IncomingEdges>(*shared), std::make_shared<const tag::NodeIds>(*shared),
          std::move(version)};
}

TaggedItems::TaggedItems(LiveTags tags, const index::World& world, const TaggedItems* before,
                         std::span<const ItemTagsOfRow> told)
    : tags_(std::move(tags)),
      world_sequence_(world.sequence()),
      category_(categories_of(world, *tags_.graph)),
      carried_(carried_in(world, lists_of(world, before, told, market_), tags_.graph->nodes())) {}

}  // namespace inkling::scene
