// Which line bears how much of a quote's saving, and the receipt that follows. Each applied promotion's saving is
// divided over the lines that it touches in proportion to their amounts by largest remainders (ties: the goods
// decide), so that shares add up to the cent; no line is ever given more than it costs. Not for choosing promotions
// (cart_quote.h). Thread safety: pure functions. Cost: O(touches x log).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/core/result.h"
#include "domain/event.h"
#include "offer/cart_quote.h"

namespace inkling::offer {

struct Share {
  std::uint32_t line = 0;       // as the quote was given it
  std::uint32_t promotion = 0;  // in CartQuote::promotions()
  std::int64_t saved_cents = 0;

  bool operator==(const Share&) const = default;
};

// Without those of nothing; by promotion, then in the quote's own order of lines.
[[nodiscard]] std::vector<Share> divide(const CartQuote& quote);

// The ticked lines as a purchase tells them, each with the promotions that it has a share of.
[[nodiscard]] std::vector<domain::OrderLine> receipt(const CartQuote& quote, std::span<const CartLine> lines);

// Whether a purchase that was told agrees with what its lines are quoted at that moment: same items, quantities,
// prices and promotions, in any order. kConflict names the first line that does not.
[[nodiscard]] base::Status agrees(std::span<const domain::OrderLine> told, const CartQuote& quote,
                                  std::span<const CartLine> lines);

}  // namespace inkling::offer
