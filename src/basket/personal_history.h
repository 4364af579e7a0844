// What one shopper bought, item by item: how often, how lately, and a count that fades with every later basket. Not
// for the shopper's whole state (src/state); this is derived from purchases and can be made anew from them.
//
// Bounded: the kMaxPersonalItems items that were bought last, 40 bytes each. Thread safety: plain value. Cost: add
// O(items held) a basket, find O(log items); only add allocates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "basket/purchase.h"

namespace inkling::basket {

inline constexpr std::size_t kMaxPersonalItems = 2048;
inline constexpr float kBasketFading = 0.8F;  // of a count with each later basket

struct PersonalItem {
  std::uint64_t item = 0;
  std::int64_t first_ms = 0;
  std::int64_t last_ms = 0;
  std::uint32_t purchases = 0;
  std::uint32_t last_basket = 0;  // the shopper's how manieth, from 0
  float faded = 0;                // as of that basket
};

class PersonalHistory {
 public:
  // Baskets come in the order of their time; an item that stands in one twice counts once.
  void add(const Purchase& purchase);

  [[nodiscard]] std::uint32_t basket_count() const { return basket_count_; }
  // In the order of their hashes.
  [[nodiscard]] std::span<const PersonalItem> items() const { return items_; }
  // nullptr: never bought, or too long ago.
  [[nodiscard]] const PersonalItem* find(std::uint64_t item) const;
  // Baskets with the item, each worth kBasketFading to the power of the baskets behind it.
  [[nodiscard]] float faded_count(const PersonalItem& item) const;

  [[nodiscard]] std::size_t memory_bytes() const { return items_.capacity() * sizeof(PersonalItem); }

 private:
  void count(std::uint64_t item, std::uint32_t basket, std::int64_t ts_ms);
  void forget_oldest();

  std::vector<PersonalItem> items_;
  std::uint32_t basket_count_ = 0;
};

}  // namespace inkling::basket
