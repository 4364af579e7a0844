// Coupons in the shopper's hands. Private to src/state; what a coupon is worth belongs to src/offer.
#pragma once

#include <string_view>

#include "domain/event.h"
#include "state/shopper_state.h"

namespace inkling::state {

// A coupon granted again starts anew.
void grant_coupon(ShopperState& state, const domain::Action& action);
// Both leave coupons alone that were never granted.
void redeem_coupon(ShopperState& state, std::string_view coupon);
void expire_coupon(ShopperState& state, std::string_view coupon);

}  // namespace inkling::state
