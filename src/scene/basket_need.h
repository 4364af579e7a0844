// Slot::kNeed: the cart of a request as promotions see it, and the step that is to be reached next. Not for deciding
// what reaches it: stages ask `quote.with()` for each candidate.
//
// Goods are priced by the marketplace's catalogue, and only where it has no price by what was said of them, so
// nothing is promised that a receipt would not give. What has no price at all or one in another currency than the
// cart's first goods, and what is off sale or short of stock, counts for nothing and is listed. Ownership: texts
// belong to the request, the shopper's state and the world, which outlive the exchange; the quote keeps its book.
// Thread safety: one request, one thread. Cost: as CartQuote::make. Failure: kInvalidInput when a sum leaves the
// bounds of quotes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "basket/co_basket.h"
#include "index/world.h"
#include "offer/cart_quote.h"
#include "scene/answer.h"
#include "scene/request.h"
#include "state/shopper_state.h"

namespace inkling::scene {

struct BasketNeed {
  std::vector<offer::CartLine> lines;      // ticked and not, in the order of the cart
  std::vector<std::string_view> left_out;  // items that count for nothing
  std::optional<offer::CartQuote> quote;   // always there
  std::optional<std::size_t> target;       // in quote->promotions(); nullopt: none has a further step that pays
  std::optional<double> stretch;           // the share of the gap by which a filter let prices be above it

  // What is missing to the target's next step, above 0; nullopt without a target.
  [[nodiscard]] std::optional<std::int64_t> gap_cents() const {
    return target ? quote->promotions()[*target].gap_cents() : std::nullopt;
  }
  [[nodiscard]] bool holds(std::string_view item) const;
};

// Of a row of the world; nullopt when it has no price.
[[nodiscard]] std::optional<offer::Goods> goods_of(const index::World& world, std::uint32_t row);

// What a ranking package is asked with: rows of the ticked goods that its statistics hold, each once, in their order.
// `rows` is emptied first and grows at most to the number of lines.
void trigger_rows(const BasketNeed& need, const basket::CoBasket& statistics, std::vector<std::uint32_t>& rows);

// `promotion`: the one that the shopper looks at; "" or one without a further step: the one with the smallest gap.
[[nodiscard]] base::Result<BasketNeed> basket_need(const Request& request, const state::ShopperState& state,
                                                   const index::World& world,
                                                   std::shared_ptr<const offer::PromotionBook> book,
                                                   std::int64_t now_ms, std::string_view promotion);
// The same of these lines.
[[nodiscard]] base::Result<BasketNeed> basket_need(std::span<const RequestCartLine> cart, const index::World& world,
                                                   std::shared_ptr<const offer::PromotionBook> book,
                                                   std::int64_t now_ms, std::string_view promotion);
// The lines that the first form reads, as the second one takes them.
[[nodiscard]] std::vector<RequestCartLine> cart_lines(const Request& request, const state::ShopperState& state);

// What an answer says of the target; nullopt without one.
[[nodiscard]] std::optional<AnswerOffer> offer_of(const BasketNeed& need);

}  // namespace inkling::scene
