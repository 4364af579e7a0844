#include "state/coupons.h"

#include <algorithm>

#include "state/bounds.h"

namespace inkling::state {
namespace {

auto find_coupon(ShopperState& state, std::string_view coupon) {
  return std::find_if(state.coupons.begin(), state.coupons.end(),
                      [coupon](const Coupon& row) { return row.coupon == coupon; });
}

}  // namespace

void grant_coupon(ShopperState& state, const domain::Action& action) {
  if (!is_storable_id(action.coupon)) return;
  expire_coupon(state, action.coupon);
  if (state.coupons.size() == kCoupons) state.coupons.erase(state.coupons.begin());
  const std::int64_t expires_ms = action.expires_ms < 0 ? -1 : clamp_time(action.expires_ms);
  state.coupons.push_back({action.coupon, state.clock_ms, expires_ms, false});
}

void redeem_coupon(ShopperState& state, std::string_view coupon) {
  const auto row = find_coupon(state, coupon);
  if (row != state.coupons.end()) row->redeemed = true;
}

void expire_coupon(ShopperState& state, std::string_view coupon) {
  const auto row = find_coupon(state, coupon);
  if (row != state.coupons.end()) state.coupons.erase(row);
}

}  // namespace inkling::state
