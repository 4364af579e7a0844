// POST /v1/quote: a cart given in the body, quoted with the catalogue's prices; and the same of a shopper's own cart.
// Thread safety: one request, one thread. Cost: the catalogue's look-ups: use it on a store thread. Failure:
// kInvalidInput with the member's path, what was found and what would be right.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"
#include "domain/money.h"
#include "offer/promotion_book.h"
#include "server/cart_goods.h"

namespace inkling::server {

inline constexpr std::size_t kMaxQuoteLines = 200;

struct QuoteRequest {
  struct Line {
    std::string item;
    std::int64_t quantity = 1;
    bool ticked = true;
    std::optional<domain::Money> shown;  // the price that the shopper saw
  };
  std::vector<Line> lines;
};

[[nodiscard]] base::Result<QuoteRequest> parse_quote_request(std::string_view json);

// The quote of those lines; refuses items that nobody told of. Where the catalogue's price is not the one that was
// shown, the catalogue's counts and `repriced` says so.
[[nodiscard]] base::Result<std::string> quote_to_json(const QuoteRequest& request, const store::Store& store,
                                                      std::shared_ptr<const offer::PromotionBook> offers,
                                                      std::int64_t now_ms);

// What the promotions give for the goods, with `left_out`; a cart that cannot be quoted is {"refused": "why"}.
[[nodiscard]] base::Json offers_json(const CartGoods& goods, std::shared_ptr<const offer::PromotionBook> offers,
                                     std::int64_t now_ms);

}  // namespace inkling::server
