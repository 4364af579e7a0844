// Which tags an item carries: those that it was given (Item::tags), and those that stand in its title and its text,
// as they are meant in its category. Not for which items carry a tag (tagged_items.h).
//
// Ownership: borrows the graph. Thread safety: one tagger a thread. Cost: that of tag::Extractor over title and text.
#pragma once

#include "domain/event.h"
#include "scene/tagged_items.h"
#include "tag/extractor.h"

namespace inkling::scene {

inline constexpr std::size_t kMaxItemTags = 64;  // of one item: the given ones first, then in the order of its words

class ItemTagger {
 public:
  explicit ItemTagger(const tag::TagGraph& graph) : graph_(graph) {}
  [[nodiscard]] ItemTags tags_of(const domain::Item& item);

 private:
  void give(std::string_view surface, std::uint32_t industry, ItemTags& found) const;
  void add(std::uint32_t row, ItemTags& found) const;

  const tag::TagGraph& graph_;
  tag::Extractor extractor_;
};

// The category of the graph that a path ends in: of the leaf, else of the closest one above; kNoRow: none.
[[nodiscard]] std::uint32_t category_row(const tag::TagGraph& graph, std::span<const std::string> path);

}  // namespace inkling::scene
