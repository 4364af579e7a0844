// A quote as the API tells it (docs/formats.md, "Quotes"). Thread safety: pure. Cost: linear in the quote and its
// shares.
#pragma once

#include <span>

#include "base/core/json.h"
#include "offer/cart_quote.h"

namespace inkling::offer {

// `lines` are those that the quote was made of.
// Of promotions()[i] alone.
[[nodiscard]] base::Json promotion_json(const CartQuote& quote, std::size_t i);
[[nodiscard]] base::Json to_json(const CartQuote& quote, std::span<const CartLine> lines);

}  // namespace inkling::offer
