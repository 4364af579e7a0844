// What the live tag graph says of the marketplace's items: which of them carry which tags, and in which market they
// stand. Made from items as they were told, since worlds keep no texts (item_tags.h), and a little older than the
// newest world: rows are those of the world's builder, the same in every world. Not for the graph itself (src/tag).
//
// Ownership: shares the graph and what is made from it once. Thread safety: immutable, any thread. Cost: 24 bytes an
// item, 8 bytes a tag of an item and 12 bytes a node of the graph: about 100 bytes for an item of ten tags. Making
// one is linear but for sorting the items by demand. Nothing allocates afterwards.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "index/world.h"
#include "tag/carried_tags.h"
#include "tag/incoming_edges.h"
#include "tag/node_ids.h"
#include "tag/tag_graph.h"

namespace inkling::scene {

// A live graph and what is made from it once. Never null.
struct LiveTags {
  std::shared_ptr<const tag::TagGraph> graph;
  std::shared_ptr<const tag::IncomingEdges> incoming;
  std::shared_ptr<const tag::NodeIds> ids;
  std::string version;
};
[[nodiscard]] LiveTags live_tags(tag::TagGraph graph, std::string version);

// What was found in one item.
struct ItemTags {
  std::vector<std::uint32_t> tags;  // rows of the graph, rising
  std::uint64_t market = 0;         // base::name_hash; 0: not told
};
using ItemTagsOfRow = std::pair<std::uint32_t, ItemTags>;

class TaggedItems {
 public:
  // `told`: by row of the world, rising, each once. Of rows that are not among them `before` knows, made over the
  // same graph (nullptr: nobody); what neither knows has no tags. Items that can be bought have a place, by demand.
  TaggedItems(LiveTags tags, const index::World& world, const TaggedItems* before,
              std::span<const ItemTagsOfRow> told);

  [[nodiscard]] const tag::TagGraph& graph() const { return *tags_.graph; }
  [[nodiscard]] const tag::IncomingEdges& incoming() const { return *tags_.incoming; }
  [[nodiscard]] const tag::NodeIds& ids() const { return *tags_.ids; }
  [[nodiscard]] const LiveTags& tags() const { return tags_; }
  [[nodiscard]] const tag::CarriedTags& carried() const { return carried_; }
  // base::name_hash; 0: not told, or the item came later than this was made.
  [[nodiscard]] std::uint64_t market_of(std::uint32_t row) const { return row < market_.size() ? market_[row] : 0; }
  // The graph's category of that leaf; kNoRow: the graph has none of that name.
  [[nodiscard]] std::uint32_t category_of_world(std::uint32_t index) const {
    return index < category_.size() ? category_[index] : tag::kNoRow;
  }
  [[nodiscard]] std::uint64_t world_sequence() const { return world_sequence_; }

 private:
  LiveTags tags_;
  std::uint64_t world_sequence_;
  std::vector<std::uint32_t> category_;  // by category of the world
  std::vector<std::uint64_t> market_;    // by row
  tag::CarriedTags carried_;             // after market_: what makes the one fills the other
};

}  // namespace inkling::scene
