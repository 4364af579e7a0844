// The line under a cart: what is saved and what would save more, as parameters for whoever has texts of their own,
// and as ready texts in English and Chinese ("30 saved, 40 more saves another 30"). It promises only what CartQuote's
// arithmetic gives: `saved` is in the best total now, `more` is what the best total then gains at least.
// Thread safety: pure functions. Cost: some short texts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "offer/cart_quote.h"

namespace inkling::offer {

enum class BannerKind : std::uint8_t { kNothing, kSaved, kMore, kSavedAndMore };

struct Banner {
  BannerKind kind = BannerKind::kNothing;
  std::int64_t saved_cents = 0;
  std::int64_t gap_cents = 0;
  std::int64_t more_cents = 0;
  std::string currency;

  bool operator==(const Banner&) const = default;
};

// Which promotion a cart's one banner is about: the smallest gap whose step adds to the best total, then the larger
// addition, then the first row. nullopt: no step adds anything.
[[nodiscard]] std::optional<std::size_t> nearest_step(const CartQuote& quote);

// Of promotions()[i], or of the whole cart.
[[nodiscard]] Banner banner_of(const CartQuote& quote, std::size_t i);
[[nodiscard]] Banner banner_of(const CartQuote& quote);

[[nodiscard]] std::string_view kind_name(BannerKind kind);  // nothing, saved, more, saved_and_more
[[nodiscard]] std::string english(const Banner& banner);    // "" for kNothing
[[nodiscard]] std::string chinese(const Banner& banner);

// An amount as people write it: whole units without decimals ("30", "30.50", "EUR 30"), with as many decimals as
// ISO 4217 gives the currency.
[[nodiscard]] std::string amount_text(std::int64_t cents, std::string_view currency);

}  // namespace inkling::offer
