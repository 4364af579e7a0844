// The last look at an answer as it leaves: price, stock and on-sale of every item and the promotion itself, against
// the newest facts. What fell out is dropped and a spare takes its place; what costs something else is kept while it
// still completes the step. A pair stands and falls as one. Not for ranking, and not for choosing candidates: filters
// did that when they were ranked.
//
// Facts are the catalogue's (the newest world), or a remote checker's where it told something of an item. A promotion
// that ended, was withdrawn or has no further step any more takes the offer with it, never the goods. Thread safety:
// pure. Cost: as basket_need, and about a microsecond an item. Failure: never; a cart that cannot be quoted any more
// takes the offer with it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "index/world.h"
#include "offer/promotion_book.h"
#include "scene/draft.h"

namespace inkling::scene {

// What a checker said of one item.
struct ToldFacts {
  std::string item;
  std::optional<domain::Money> price;  // nullopt: it said nothing of it
  bool on_sale = true;
  std::int64_t stock = domain::kMissing;
};

struct NewestFacts {
  const index::World& world;
  std::shared_ptr<const offer::PromotionBook> offers;
  std::int64_t now_ms = 0;
  std::span<const ToldFacts> told{};  // stands above the catalogue
  bool from_checker = false;          // a checker answered, even if it knew none of the items
};

// Leaves the page in the draft's first items and what it found in Answer::check.
void check_live(Draft& draft, const NewestFacts& newest);

// A checker was to be asked and did not answer, so the catalogue's word stands: Answer::degraded says why.
void checker_was_silent(Draft& draft, std::string why);

}  // namespace inkling::scene
