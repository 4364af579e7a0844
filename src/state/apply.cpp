// The fold's front door: which concern each kind of event goes to.
#include <algorithm>
#include <variant>

#include "state/bounds.h"
#include "state/cart.h"
#include "state/coupons.h"
#include "state/profile.h"
#include "state/purchase.h"
#include "state/records.h"
#include "state/shopper_state.h"
#include "state/statistics.h"

namespace inkling::state {
namespace {

// An impression is our own doing, at our own clock's time: it must neither move the shopper's clock nor count as an
// event of the shopper, and writing one leaves warm shoppers as they are.
bool concerns_a_shopper(const domain::Event& event) {
  const bool is_not_the_shoppers =
      std::holds_alternative<domain::Item>(event.body) || std::holds_alternative<domain::Promotion>(event.body) ||
      std::holds_alternative<domain::Campaign>(event.body) || std::holds_alternative<domain::Impression>(event.body);
  return !event.shopper.empty() && !is_not_the_shoppers;
}

void admit(ShopperState& state, const domain::Event& event) {
  state.clock_ms = std::max(state.clock_ms, clamp_time(event.ts_ms));
  if (state.first_ms < 0) state.first_ms = state.clock_ms;
  ++state.event_count;
  if (is_storable_id(event.session)) state.session = event.session;
}

bool is_shoppers_own(domain::ActionKind kind) {
  return kind != domain::ActionKind::kGrant && kind != domain::ActionKind::kExpire;
}

void change_belongings(ShopperState& state, const domain::Action& action) {
  using domain::ActionKind;
  switch (action.action) {
    case ActionKind::kCartAdd:
      return add_to_cart(state, action);
    case ActionKind::kCartRemove:
      return take_from_cart(state, action);
    case ActionKind::kCartTick:
      return tick_cart_line(state, action, true);
    case ActionKind::kCartUntick:
      return tick_cart_line(state, action, false);
    case ActionKind::kPurchase:
      return fold_purchase(state, action);
    case ActionKind::kGrant:
      return grant_coupon(state, action);
    case ActionKind::kRedeem:
      return redeem_coupon(state, action.coupon);
    case ActionKind::kExpire:
      return expire_coupon(state, action.coupon);
    default:
      return;
  }
}

void fold_action(ShopperState& state, const domain::Action& action) {
  if (is_shoppers_own(action.action)) record_browse(state, action);
  count_action(state, action.action, state.clock_ms);
  change_belongings(state, action);
}

}  // namespace

void apply(ShopperState& state, const domain::Event& event) {
  if (!concerns_a_shopper(event)) return;
  admit(state, event);
  if (const auto* action = std::get_if<domain::Action>(&event.body)) {
    fold_action(state, *action);
  } else if (const auto* gestures = std::get_if<domain::Gestures>(&event.body)) {
    record_gestures(state, event.ts_ms, *gestures);
  } else if (const auto* profile = std::get_if<domain::Profile>(&event.body)) {
    merge_profile(state, *profile);
  }
  drop_rows_for_room(state);
}

}  // namespace inkling::state
