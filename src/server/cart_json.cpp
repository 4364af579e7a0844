#include "server/cart_json.h"

#include <limits>
#include <optional>
#include <utility>

#include "base/core/json.h"
#include "server/quote_request.h"

namespace inkling::server {

namespace {

using base::Json;

std::optional<domain::Money> last_said(const state::CartLine& line) {
  if (line.price_cents < 0) return std::nullopt;
  return domain::Money{line.price_cents, ""};
}

std::int64_t added(std::int64_t sum_cents, std::int64_t price_cents, std::int64_t quantity) {
  std::int64_t line_cents = 0;
  const bool too_large = __builtin_mul_overflow(price_cents, quantity, &line_cents) ||
                         __builtin_add_overflow(sum_cents, line_cents, &sum_cents);
  return too_large ? std::numeric_limits<std::int64_t>::max() : sum_cents;
}

}  // namespace

base::Result<std::string> cart_to_json(std::string_view shopper, const state::ShopperState& state,
                                       const store::Store& store, std::shared_ptr<const offer::PromotionBook> offers,
                                       std::int64_t now_ms) {
  CartGoods goods(store);
  Json::Array lines;
  std::optional<std::string> currency;
  std::int64_t ticked_cents = 0;
  for (const state::CartLine& line : state.cart) {
    Json row = Json::Object{{"item", line.item}, {"quantity", line.quantity}, {"ticked", line.ticked}};
    INKLING_ASSIGN(const CartGoods::Row* known, goods.look_up(line.item, last_said(line)));
    goods.take(*known, line.quantity, line.ticked);
    if (const auto& price = known->price) {
      row.set("price", money_json(*price));
      if (!currency) currency = price->currency;
      if (line.ticked && price->currency == *currency)
        ticked_cents = added(ticked_cents, price->cents, line.quantity);
    }
    lines.push_back(std::move(row));
  }
  const Json cart = Json::Object{{"shopper", shopper},
                                 {"lines", std::move(lines)},
                                 {"ticked_cents", ticked_cents},
                                 {"currency", currency.value_or("")},
                                 {"offers", offers_json(goods, std::move(offers), now_ms)}};
  return cart.to_text();
}

}  // namespace inkling::server
