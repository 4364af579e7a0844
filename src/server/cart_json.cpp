#include "server/cart_json.h"

#include <limits>
#include <optional>
#include <utility>

#include "base/core/json.h"

namespace inkling::server {

namespace {

using base::Json;

base::Result<std::optional<domain::Money>> price_of(const state::CartLine& line, const store::Store& store) {
  auto item = store.item(line.item);
  if (item.ok() && item->price) return item->price;
  if (!item.ok() && item.status().code() != base::ErrorCode::kNotFound) return item.status();
  if (line.price_cents < 0) return std::optional<domain::Money>();
  return std::optional<domain::Money>({line.price_cents, ""});
}

std::int64_t added(std::int64_t sum_cents, std::int64_t price_cents, std::int64_t quantity) {
  std::int64_t line_cents = 0;
  const bool too_large = __builtin_mul_overflow(price_cents, quantity, &line_cents) ||
                         __builtin_add_overflow(sum_cents, line_cents, &sum_cents);
  return too_large ? std::numeric_limits<std::int64_t>::max() : sum_cents;
}

Json price_json(const domain::Money& price) {
  Json json = Json::Object{{"cents", price.cents}};
  if (!price.currency.empty()) json.set("currency", price.currency);
  return json;
}

}  // namespace

base::Result<std::string> cart_to_json(std::string_view shopper, const state::ShopperState& state,
                                       const store::Store& store) {
  Json::Array lines;
  std::optional<std::string> currency;
  std::int64_t ticked_cents = 0;
  for (const state::CartLine& line : state.cart) {
    Json row = Json::Object{{"item", line.item}, {"quantity", line.quantity}, {"ticked", line.ticked}};
    INKLING_ASSIGN(const std::optional<domain::Money> price, price_of(line, store));
    if (price) {
      row.set("price", price_json(*price));
      if (!currency) currency = price->currency;
      if (line.ticked && price->currency == *currency)
        ticked_cents = added(ticked_cents, price->cents, line.quantity);
    }
    lines.push_back(std::move(row));
  }
  const Json cart = Json::Object{{"shopper", shopper},
                                 {"lines", std::move(lines)},
                                 {"ticked_cents", ticked_cents},
                                 {"currency", currency.value_or("")}};
  return cart.to_text();
}

}  // namespace inkling::server
