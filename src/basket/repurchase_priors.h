// How soon items are bought again, from everybody's purchases. Private to the builder. What few shoppers say about an
// item is mixed with what all say about all items, as if kPriorShoppers more had done the usual. Thread safety: pure.
// Cost: one sort of all purchases of known shoppers.
#pragma once

#include <cstdint>
#include <vector>

#include "basket/co_basket.h"

namespace inkling::basket {

inline constexpr double kPriorShoppers = 10;

struct ShopperPurchase {
  std::uint32_t item = 0;  // row
  std::uint64_t shopper = 0;
  std::int64_t ts_ms = 0;
};

// One an item; `now_ms` ends the time in which somebody could have bought again.
[[nodiscard]] std::vector<RepurchasePrior> repurchase_priors(std::vector<ShopperPurchase> purchases,
                                                             std::size_t items, std::int64_t now_ms);

}  // namespace inkling::basket
