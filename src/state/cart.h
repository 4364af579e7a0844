// The cart as the shopper's actions tell it. Private to src/state.
#pragma once

#include <cstdint>
#include <string_view>

#include "domain/event.h"
#include "state/shopper_state.h"

namespace inkling::state {

void add_to_cart(ShopperState& state, const domain::Action& action);
void take_from_cart(ShopperState& state, const domain::Action& action);
void tick_cart_line(ShopperState& state, const domain::Action& action, bool ticked);

// Takes the whole line out. Its price as last said, -1 when there is none.
std::int64_t buy_cart_line(ShopperState& state, std::string_view item);

// A price's cents, -1 when not said or negative.
[[nodiscard]] std::int64_t cents_of(const std::optional<domain::Money>& price);

}  // namespace inkling::state
