// Which goods complete a basket: prices that come near what is missing, and the proof by the receipt's own
// arithmetic. Recalls look for goods by it and filter/reaches keeps them by it, so no two stages ever mean something
// else. Not for whether goods can be bought: lists of the world hold only what can, filter/on_sale looks at the rest.
//
// Thread safety: pure functions; one request, one thread. Cost: completes as CartQuote::with; each_hot_between one
// look-up for each listed item of those bands, at most a hundred a band. Failure: none.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "index/price_band.h"
#include "index/world.h"
#include "scene/basket_need.h"
#include "scene/exchange.h"
#include "scene/parameter.h"

namespace inkling::scene {

// The parameter of stages that look for goods near what is missing.
inline constexpr ParameterSpec kStretch = {.name = "stretch",
                                           .type = ParameterType::kNumber,
                                           .unit = "share of the gap",
                                           .meaning = "a price may be above the gap by this share of it",
                                           .default_text = "0.5",
                                           .min = 0,
                                           .max = 1000};

// Both ends included.
struct PriceRange {
  std::int64_t low_cents = 0;
  std::int64_t high_cents = offer::kMaxCents;

  [[nodiscard]] bool holds(std::int64_t cents) const { return low_cents <= cents && cents <= high_cents; }
};

// From what is missing to `stretch` of it more; nullopt: there is no step to reach.
[[nodiscard]] std::optional<PriceRange> fitting_prices(const BasketNeed& need, double stretch);

// Whether one piece of it, or with `partner` one piece of both, reaches the target's next step and saves more; false
// without a target, and where a price is not known.
[[nodiscard]] bool completes(const BasketNeed& need, const index::World& world, std::uint32_t row);
[[nodiscard]] bool complete_together(const BasketNeed& need, const index::World& world, std::uint32_t row,
                                     std::uint32_t partner);

// What a recall may add: where an earlier stage says what is missing, what costs about that and completes the basket;
// else everything.
class WantedGoods {
 public:
  WantedGoods(const Exchange& exchange, double stretch)
      : world_(exchange.knowledge.world()), need_(exchange.slots.need) {
    if (need_) prices_ = fitting_prices(*need_, stretch);
  }

  // nullopt: any price is wanted.
  [[nodiscard]] const std::optional<PriceRange>& prices() const { return prices_; }
  [[nodiscard]] bool hold(std::uint32_t row) const {
    if (!prices_) return true;
    const auto& price = world_.facts(row).price;
    return price && prices_->holds(price->cents) && completes(*need_, world_, row);
  }

 private:
  const index::World& world_;
  const std::optional<BasketNeed>& need_;
  std::optional<PriceRange> prices_;
};

// visit(entry) for the most wanted goods of each band of prices, where their price is in the range.
template <typename Visit>
void each_hot_between(const index::World& world, const PriceRange& prices, Visit&& visit) {
  if (prices.low_cents > prices.high_cents) return;
  const std::size_t last = index::price_band(prices.high_cents);
  for (std::size_t band = index::price_band(prices.low_cents); band <= last; ++band) {
    for (const index::TopEntry& entry : world.hot_in_band(band)) {
      if (prices.holds(world.facts(entry.row).price->cents)) visit(entry);
    }
  }
}

}  // namespace inkling::scene
