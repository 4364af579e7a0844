// The page that a request is made for, as its context says: of a category (any name on an item's path) and in a
// market. Not for what was picked or typed there. Ownership: borrows the exchange. Thread safety: one request, one
// thread. Cost: making one hashes two names, holds() looks at one item. Failure: make as it says.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/core/result.h"
#include "scene/exchange.h"

namespace inkling::scene {

class AskedPage {
 public:
  // kUnavailable when a market is named and no tags are live: which item is in which is known with them alone.
  [[nodiscard]] static base::Result<AskedPage> make(const Exchange& exchange);

  [[nodiscard]] std::string_view category() const { return category_; }  // "": not said
  [[nodiscard]] bool is_in_category(std::uint32_t row) const;
  [[nodiscard]] bool is_in_market(std::uint32_t row) const {
    return market_ == 0 || items_->market_of(row) == market_;
  }
  // Of a row of the request's world.
  [[nodiscard]] bool holds(std::uint32_t row) const { return is_in_market(row) && is_in_category(row); }

 private:
  explicit AskedPage(const index::World& world) : world_(world) {}

  const index::World& world_;
  const TaggedItems* items_ = nullptr;
  std::string_view category_;
  std::uint64_t market_ = 0;  // base::name_hash; 0: not said
};

}  // namespace inkling::scene
