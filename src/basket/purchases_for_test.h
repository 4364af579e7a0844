// Purchases for tests: a few by hand, and many at random with goods that go together and shoppers who come back.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "base/core/clock.h"
#include "base/core/random.h"
#include "basket/purchase.h"

namespace inkling::basket {

inline Purchase purchase_of(std::uint64_t shopper, std::int64_t day, std::initializer_list<std::uint64_t> items) {
  Purchase purchase{shopper, day * base::kDayMs, {}};
  for (const std::uint64_t item : items) purchase.lines.push_back({item, static_cast<std::int64_t>(100 * item)});
  return purchase;
}

inline Purchase purchase_at(std::int64_t ts_ms, const std::vector<std::uint64_t>& items) {
  Purchase purchase{1, ts_ms, {}};
  for (const std::uint64_t item : items) purchase.lines.push_back({item, kNoPrice});
  return purchase;
}

// `days` days of one purchase each, of 1 to 8 of the items 1 .. `items`; an item brings the next one along often.
inline std::vector<Purchase> random_purchases(std::uint64_t seed, int days, std::uint64_t items) {
  base::Random random(seed);
  std::vector<Purchase> purchases;
  for (int day = 0; day < days; ++day) {
    Purchase purchase{random.below(6), day * base::kDayMs, {}};
    for (std::uint64_t left = 1 + random.below(4); left > 0; --left) {
      const std::uint64_t item = 1 + random.below(items);
      purchase.lines.push_back({item, static_cast<std::int64_t>(100 * item + random.below(50))});
      if (random.chance(0.7)) purchase.lines.push_back({1 + item % items, kNoPrice});
    }
    purchases.push_back(purchase);
  }
  return purchases;
}

}  // namespace inkling::basket
