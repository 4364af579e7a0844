// A simulated shopper's cart on promotion days: lines with ticks, and which answer each came from. It outlives a
// trip: what was not bought lies there, often unticked, the next time. Not for prices' promotions (ladder.h). Thread
// safety: one thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/catalogue.h"

namespace inkling::sim::days {

struct BasketLine {
  std::uint32_t goods = 0;
  std::int64_t quantity = 1;
  bool ticked = true;
  std::string request;  // the answer that it was added from; "" when found alone
  std::int64_t added_ms = 0;
};

inline constexpr std::size_t kMostBasketLines = 12;

struct Basket {
  std::vector<BasketLine> lines;

  [[nodiscard]] bool holds(std::uint32_t goods) const;
  [[nodiscard]] bool is_full() const { return lines.size() >= kMostBasketLines; }
  [[nodiscard]] std::int64_t ticked_cents(const Catalogue& catalogue) const;
  [[nodiscard]] std::vector<std::uint32_t> ticked_leaves(const Catalogue& catalogue) const;
  [[nodiscard]] std::vector<std::string> items(const Catalogue& catalogue, bool ticked) const;
};

}  // namespace inkling::sim::days
