// Cart, repurchase table, coupons and money spent.
#include <gtest/gtest.h>

#include <limits>

#include "state/event_samples.h"
#include "state/shopper_state.h"

namespace inkling::state {
namespace {

using domain::ActionKind;
using domain::Money;

domain::Event cart_event(std::int64_t ts_ms, ActionKind kind, const std::string& item, std::int64_t quantity,
                         std::optional<Money> price = std::nullopt) {
  domain::Action action;
  action.action = kind;
  action.item = item;
  action.quantity = quantity;
  action.price = std::move(price);
  return event_with(action, ts_ms);
}

domain::Event coupon_event(std::int64_t ts_ms, ActionKind kind, const std::string& coupon) {
  domain::Action action;
  action.action = kind;
  action.coupon = coupon;
  action.expires_ms = 9000;
  return event_with(action, ts_ms);
}

TEST(Cart, adding_again_grows_the_line_and_removing_takes_pieces_out) {
  ShopperState state;
  apply(state, cart_event(10, ActionKind::kCartAdd, "a", 2, Money{500, "EUR"}));
  apply(state, cart_event(20, ActionKind::kCartUntick, "a", 1));
  apply(state, cart_event(30, ActionKind::kCartAdd, "b", 1));
  EXPECT_FALSE(state.cart[0].ticked);
  apply(state, cart_event(40, ActionKind::kCartAdd, "a", 3));
  ASSERT_EQ(state.cart.size(), 2u);
  EXPECT_EQ(state.cart[0].quantity, 5);
  EXPECT_EQ(state.cart[0].price_cents, 500);
  EXPECT_EQ(state.cart[0].added_ms, 10);
  EXPECT_TRUE(state.cart[0].ticked);
  apply(state, cart_event(50, ActionKind::kCartRemove, "a", 4));
  EXPECT_EQ(state.cart[0].quantity, 1);
  apply(state, cart_event(60, ActionKind::kCartRemove, "a", 9));
  ASSERT_EQ(state.cart.size(), 1u);
  EXPECT_EQ(state.cart[0].item, "b");
}

TEST(Cart, tick_and_untick_mark_the_line) {
  ShopperState state;
  apply(state, cart_event(10, ActionKind::kCartAdd, "a", 1));
  apply(state, cart_event(20, ActionKind::kCartUntick, "a", 1));
  EXPECT_FALSE(state.cart[0].ticked);
  apply(state, cart_event(30, ActionKind::kCartTick, "a", 1));
  EXPECT_TRUE(state.cart[0].ticked);
}

TEST(Cart, keeps_the_newest_lines) {
  ShopperState state;
  for (std::size_t i = 0; i < kCartLines + 3; ++i) {
    apply(state, cart_event(10, ActionKind::kCartAdd, std::to_string(i), 1));
  }
  ASSERT_EQ(state.cart.size(), kCartLines);
  EXPECT_EQ(state.cart.front().item, "3");
}

TEST(Cart, ignores_quantities_that_are_none_and_ids_that_are_too_long) {
  ShopperState state;
  apply(state, cart_event(10, ActionKind::kCartAdd, "a", 0));
  apply(state, cart_event(10, ActionKind::kCartAdd, "a", -3));
  apply(state, cart_event(10, ActionKind::kCartAdd, std::string(domain::kMaxIdBytes + 1, 'x'), 1));
  EXPECT_TRUE(state.cart.empty());
}

TEST(Purchase, takes_its_items_out_of_the_cart_and_sums_what_was_spent) {
  ShopperState state;
  apply(state, cart_event(10, ActionKind::kCartAdd, "a", 2, Money{500, "EUR"}));
  apply(state, cart_event(10, ActionKind::kCartAdd, "b", 1, Money{70, "EUR"}));
  domain::Action purchase;
  purchase.action = ActionKind::kPurchase;
  purchase.lines = {{"a", 2, std::nullopt, {}, {}}, {"c", 3, Money{11, "EUR"}, {}, {}}};
  apply(state, event_with(purchase, 20));
  ASSERT_EQ(state.cart.size(), 1u);
  EXPECT_EQ(state.cart[0].item, "b");
  EXPECT_EQ(state.spent_cents, 2 * 500 + 3 * 11);
  apply(state, cart_event(30, ActionKind::kPurchase, "b", 1, Money{60, "EUR"}));
  EXPECT_TRUE(state.cart.empty());
  EXPECT_EQ(state.spent_cents, 2 * 500 + 3 * 11 + 60);
}

TEST(Purchase, absurd_amounts_stay_at_the_largest) {
  ShopperState state;
  const Money all{std::numeric_limits<std::int64_t>::max(), "EUR"};
  apply(state, cart_event(10, ActionKind::kPurchase, "a", 1, all));
  apply(state, cart_event(20, ActionKind::kPurchase, "a", 7, all));
  EXPECT_EQ(state.spent_cents, all.cents);
}

TEST(Repurchase, keeps_the_newest_bought_with_their_counts) {
  ShopperState state;
  apply(state, cart_event(1, ActionKind::kPurchase, "milk", 1));
  for (std::size_t i = 0; i < kRepurchaseRows - 1; ++i) {
    apply(state, cart_event(2, ActionKind::kPurchase, std::to_string(i), 1));
  }
  apply(state, cart_event(3, ActionKind::kPurchase, "milk", 1));
  apply(state, cart_event(4, ActionKind::kPurchase, "new", 1));
  ASSERT_EQ(state.repurchases.size(), kRepurchaseRows);
  EXPECT_EQ(state.repurchases.front().item, "1");
  const Repurchase& milk = state.repurchases[kRepurchaseRows - 2];
  EXPECT_EQ(milk.item, "milk");
  EXPECT_EQ(milk.purchases, 2u);
  EXPECT_EQ(milk.first_ms, 1);
  EXPECT_EQ(milk.last_ms, 3);
}

TEST(Coupons, are_granted_redeemed_and_expired) {
  ShopperState state;
  apply(state, coupon_event(10, ActionKind::kGrant, "save5"));
  apply(state, coupon_event(20, ActionKind::kGrant, "save9"));
  apply(state, coupon_event(30, ActionKind::kRedeem, "never granted"));
  ASSERT_EQ(state.coupons.size(), 2u);
  EXPECT_EQ(state.coupons[0].granted_ms, 10);
  EXPECT_EQ(state.coupons[0].expires_ms, 9000);
  apply(state, coupon_event(40, ActionKind::kRedeem, "save5"));
  EXPECT_TRUE(state.coupons[0].redeemed);
  EXPECT_FALSE(state.coupons[1].redeemed);
  apply(state, coupon_event(50, ActionKind::kExpire, "save5"));
  ASSERT_EQ(state.coupons.size(), 1u);
  EXPECT_EQ(state.coupons[0].coupon, "save9");
}

TEST(Coupons, applied_to_an_order_line_are_redeemed) {
  ShopperState state;
  apply(state, coupon_event(10, ActionKind::kGrant, "save5"));
  domain::Action purchase;
  purchase.action = ActionKind::kPurchase;
  purchase.lines = {{"a", 1, std::nullopt, {}, {"save5"}}};
  apply(state, event_with(purchase, 20));
  EXPECT_TRUE(state.coupons[0].redeemed);
}

TEST(Coupons, keep_the_newest_granted) {
  ShopperState state;
  for (std::size_t i = 0; i < kCoupons + 2; ++i)
    apply(state, coupon_event(10, ActionKind::kGrant, std::to_string(i)));
  ASSERT_EQ(state.coupons.size(), kCoupons);
  EXPECT_EQ(state.coupons.front().coupon, "2");
}

}  // namespace
}  // namespace inkling::state
