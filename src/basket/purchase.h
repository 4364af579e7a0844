// One purchase as the statistics of src/basket read it: who bought which items when, and at what price.
//
// Items and shoppers are base::name_hash of their ids; shopper 0 is somebody unknown. Prices are those of one piece
// in minor units of one currency, kNoPrice where not said. An item may stand in several lines: it counts once, with
// the first price. Thread safety: plain values.
#pragma once

#include <cstdint>
#include <vector>

namespace inkling::basket {

inline constexpr std::int64_t kNoPrice = -1;

struct PurchaseLine {
  std::uint64_t item = 0;
  std::int64_t price_cents = kNoPrice;
};

struct Purchase {
  std::uint64_t shopper = 0;
  std::int64_t ts_ms = 0;
  std::vector<PurchaseLine> lines;
};

}  // namespace inkling::basket
