#include "state/purchase.h"

#include <algorithm>
#include <limits>

#include "state/bounds.h"
#include "state/cart.h"
#include "state/coupons.h"

namespace inkling::state {
namespace {

void remember_repurchase(ShopperState& state, const std::string& item) {
  if (!is_storable_id(item)) return;
  auto& rows = state.repurchases;
  Repurchase row{item, 0, state.clock_ms, state.clock_ms};
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Repurchase& r) { return r.item == item; });
  if (found != rows.end()) {
    row = std::move(*found);
    rows.erase(found);
  }
  row.purchases += row.purchases < std::numeric_limits<std::uint32_t>::max() ? 1 : 0;
  row.last_ms = state.clock_ms;
  if (rows.size() == kRepurchaseRows) rows.erase(rows.begin());
  rows.push_back(std::move(row));
}

// Sums stay at the largest amount rather than wrap: one absurd price must not turn a total negative.
void add_spent(ShopperState& state, std::int64_t price_cents, std::int64_t quantity) {
  std::int64_t amount = 0;
  const bool too_large = __builtin_mul_overflow(price_cents, quantity, &amount) ||
                         __builtin_add_overflow(state.spent_cents, amount, &state.spent_cents);
  if (too_large) state.spent_cents = std::numeric_limits<std::int64_t>::max();
}

void fold_line(ShopperState& state, const domain::OrderLine& line) {
  const std::int64_t cart_price_cents = buy_cart_line(state, line.item);
  const std::int64_t said_cents = cents_of(line.price);
  const std::int64_t price_cents = said_cents >= 0 ? said_cents : cart_price_cents;
  if (price_cents > 0 && line.quantity > 0) add_spent(state, price_cents, line.quantity);
  remember_repurchase(state, line.item);
  for (const auto& coupon : line.coupons) redeem_coupon(state, coupon);
}

}  // namespace

void fold_purchase(ShopperState& state, const domain::Action& action) {
  for (const auto& line : action.lines) fold_line(state, line);
  if (action.lines.empty()) fold_line(state, {action.item, action.quantity, action.price, {}, {}});
  if (!action.coupon.empty()) redeem_coupon(state, action.coupon);
}

}  // namespace inkling::state
