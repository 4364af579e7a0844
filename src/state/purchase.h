// What a purchase changes besides its records and counts: cart, repurchase table, coupons used, money spent.
// Private to src/state.
#pragma once

#include "domain/event.h"
#include "state/shopper_state.h"

namespace inkling::state {

// All order lines count, however many; without lines the action's own item x quantity is the only one.
void fold_purchase(ShopperState& state, const domain::Action& action);

}  // namespace inkling::state
