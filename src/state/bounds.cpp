#include "state/bounds.h"

#include <vector>

#include "state/layout.h"

namespace inkling::state {
namespace {

std::size_t cart_bytes(const ShopperState& state) {
  std::size_t bytes = 0;
  for (const auto& line : state.cart) bytes += layout::kCartRowBytes + line.item.size();
  return bytes;
}

std::size_t repurchase_bytes(const ShopperState& state) {
  std::size_t bytes = 0;
  for (const auto& row : state.repurchases) bytes += layout::kRepurchaseRowBytes + row.item.size();
  return bytes;
}

std::size_t coupon_bytes(const ShopperState& state) {
  std::size_t bytes = 0;
  for (const auto& row : state.coupons) bytes += layout::kCouponRowBytes + row.coupon.size();
  return bytes;
}

std::size_t profile_bytes(const ShopperState& state) {
  std::size_t bytes = 0;
  for (const auto& [name, value] : state.profile) bytes += layout::kAttributeBytes + name.size() + value.size();
  return bytes;
}

template <typename Row>
void drop_oldest(std::vector<Row>& rows) {
  rows.erase(rows.begin());
}

}  // namespace

std::size_t encoded_bytes(const ShopperState& state) {
  return layout::kEmptyBytes + state.session.size() + state.swipes.size() * layout::kSwipeBytes +
         state.taps.size() * layout::kTapBytes + state.browses.size() * layout::kBrowseBytes +
         state.interests.size() * layout::kInterestBytes + profile_bytes(state) + cart_bytes(state) +
         repurchase_bytes(state) + coupon_bytes(state);
}

void drop_rows_for_room(ShopperState& state) {
  while (encoded_bytes(state) > kMaxStateBytes) {
    const std::size_t cart = cart_bytes(state);
    const std::size_t repurchases = repurchase_bytes(state);
    const std::size_t coupons = coupon_bytes(state);
    if (cart + repurchases + coupons == 0) return;  // cannot be: kLargestWithoutRows fits
    if (cart >= repurchases && cart >= coupons) {
      drop_oldest(state.cart);
    } else if (repurchases >= coupons) {
      drop_oldest(state.repurchases);
    } else {
      drop_oldest(state.coupons);
    }
  }
}

}  // namespace inkling::state
