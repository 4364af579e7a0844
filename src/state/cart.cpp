#include "state/cart.h"

#include <algorithm>

#include "state/bounds.h"

namespace inkling::state {
namespace {

auto find_line(ShopperState& state, std::string_view item) {
  return std::find_if(state.cart.begin(), state.cart.end(),
                      [item](const CartLine& line) { return line.item == item; });
}

void append_line(ShopperState& state, const domain::Action& action) {
  if (state.cart.size() == kCartLines) state.cart.erase(state.cart.begin());
  CartLine line;
  line.item = action.item;
  line.quantity = std::min(action.quantity, kMaxQuantity);
  line.price_cents = cents_of(action.price);
  line.added_ms = state.clock_ms;
  state.cart.push_back(std::move(line));
}

void grow_line(CartLine& line, const domain::Action& action) {
  line.quantity = std::min(line.quantity + std::min(action.quantity, kMaxQuantity), kMaxQuantity);
  line.ticked = true;
  if (const std::int64_t cents = cents_of(action.price); cents >= 0) line.price_cents = cents;
}

}  // namespace

std::int64_t cents_of(const std::optional<domain::Money>& price) {
  return price.has_value() && price->cents >= 0 ? price->cents : -1;
}

void add_to_cart(ShopperState& state, const domain::Action& action) {
  if (!is_storable_id(action.item) || action.quantity <= 0) return;
  const auto line = find_line(state, action.item);
  if (line == state.cart.end()) {
    append_line(state, action);
  } else {
    grow_line(*line, action);
  }
}

void take_from_cart(ShopperState& state, const domain::Action& action) {
  const auto line = find_line(state, action.item);
  if (line == state.cart.end() || action.quantity <= 0) return;
  line->quantity -= std::min(action.quantity, line->quantity);
  if (line->quantity == 0) state.cart.erase(line);
}

void tick_cart_line(ShopperState& state, const domain::Action& action, bool ticked) {
  const auto line = find_line(state, action.item);
  if (line != state.cart.end()) line->ticked = ticked;
}

std::int64_t buy_cart_line(ShopperState& state, std::string_view item) {
  const auto line = find_line(state, item);
  if (line == state.cart.end()) return -1;
  const std::int64_t price_cents = line->price_cents;
  state.cart.erase(line);
  return price_cents;
}

}  // namespace inkling::state
