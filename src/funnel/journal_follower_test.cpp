#include "funnel/journal_follower.h"

#include <gtest/gtest.h>

#include "funnel/journal_for_test.h"

namespace inkling::funnel {
namespace {

using domain::ActionKind;

constexpr const char* kLadder =
    R"({"currency":"EUR","tiers":[{"spend_cents":10000,"save_cents":1000},{"spend_cents":20000,"save_cents":2500}]})";

struct Shop : JournalForTest {
  explicit Shop(FollowOptions options = {}) : JournalForTest(std::move(options)) {
    item("rug", "Home/Rugs", 9000);
    item("lamp", "Home/Lamps", 1200);
    item("pan", "Kitchen/Pans", 1100);
    item("mug", "Kitchen/Mugs", 1300);
    promotion("spend", kLadder);
  }
  [[nodiscard]] const Shown& shown(std::size_t look, std::size_t place) const {
    return follower.looks().at(look).shown.at(place);
  }
};

TEST(JournalFollower, joins_pages_and_answers_shown_again_into_one_look) {
  Shop shop;
  shop.show("r1", {"lamp", "pan"}, {"rug"});
  shop.act(ActionKind::kView, "lamp", "r1");
  shop.show("r2", {"lamp", "pan"}, {"rug"});  // back from the detail page
  shop.show("r3", {"mug"}, {"rug"});
  ASSERT_EQ(shop.follower.looks().size(), 1U);
  const Look& look = shop.follower.looks().front();
  EXPECT_EQ(look.answers, 3U);
  EXPECT_EQ(look.positions, 5U);
  ASSERT_EQ(look.shown.size(), 3U);
  EXPECT_TRUE(look.shown[0].clicked);
  EXPECT_FALSE(look.shown[1].clicked);
}

TEST(JournalFollower, another_cart_another_gap_or_a_long_silence_is_another_look) {
  Shop shop;
  shop.show("r1", {"lamp"}, {"rug"});
  shop.show("r2", {"lamp"}, {"rug", "pan"});
  shop.show("r3", {"lamp"}, {"rug", "pan"}, "", 900);
  shop.show("r4", {"lamp"}, {"pan", "rug"}, "", 900);  // the order of a cart is nothing
  EXPECT_EQ(shop.follower.looks().size(), 3U);
  shop.pass(31);
  shop.show("r5", {"lamp"}, {"pan", "rug"}, "", 900);
  EXPECT_EQ(shop.follower.looks().size(), 4U);
}

TEST(JournalFollower, takes_no_notice_of_other_scenes) {
  Shop shop({.scene = "feed"});
  shop.show("r1", {"lamp"}, {"rug"});
  EXPECT_TRUE(shop.follower.looks().empty());
}

TEST(JournalFollower, follows_a_cart_add_to_the_order) {
  Shop shop;
  shop.show("r1", {"lamp", "pan"}, {"rug"});
  shop.act(ActionKind::kCartAdd, "lamp", "r1");
  shop.act(ActionKind::kCartAdd, "pan");  // found elsewhere
  shop.buy({"rug", "lamp", "pan"});
  EXPECT_TRUE(shop.shown(0, 0).carted);
  EXPECT_TRUE(shop.shown(0, 0).bought);
  EXPECT_FALSE(shop.shown(0, 1).carted);
  EXPECT_FALSE(shop.shown(0, 1).bought);
  const Order& order = shop.follower.orders().at(0);
  EXPECT_EQ(order.cents, 11300);
  ASSERT_EQ(order.added.size(), 1U);
  EXPECT_EQ(order.added[0].cents, 1200);
}

TEST(JournalFollower, a_second_order_of_the_same_item_is_not_credited) {
  Shop shop;
  shop.show("r1", {"lamp"}, {"rug"});
  shop.act(ActionKind::kCartAdd, "lamp", "r1");
  shop.buy({"lamp"});
  shop.buy({"lamp"});
  EXPECT_EQ(shop.follower.orders().at(0).added.size(), 1U);
  EXPECT_TRUE(shop.follower.orders().at(1).added.empty());
}

TEST(JournalFollower, credits_nothing_taken_out_again) {
  Shop shop;
  shop.show("r1", {"lamp", "pan"}, {"rug"});
  shop.act(ActionKind::kCartAdd, "lamp", "r1");
  shop.act(ActionKind::kCartAdd, "pan", "r1");
  shop.act(ActionKind::kCartRemove, "lamp");
  shop.act(ActionKind::kCartAdd, "lamp");  // found again elsewhere
  shop.buy({"lamp", "pan"});
  EXPECT_TRUE(shop.shown(0, 0).carted);
  EXPECT_FALSE(shop.shown(0, 0).bought);
  EXPECT_TRUE(shop.shown(0, 1).bought);
}

TEST(JournalFollower, credits_nothing_added_too_long_ago) {
  Shop shop({.credit_ms = base::kHourMs});
  shop.show("r1", {"lamp"}, {"rug"});
  shop.act(ActionKind::kCartAdd, "lamp", "r1");
  shop.pass(61);
  shop.buy({"lamp"});
  EXPECT_FALSE(shop.shown(0, 0).bought);
  EXPECT_TRUE(shop.shown(0, 0).carted);
}

TEST(JournalFollower, holds_an_order_against_the_steps_in_force) {
  Shop shop;
  shop.buy({"rug", "lamp"});
  shop.buy({"lamp"});
  const OrderStep reached = shop.follower.orders().at(0).steps.at(0);
  EXPECT_EQ(reached.eligible_cents, 10200);
  EXPECT_EQ(reached.reached_cents, 10000);
  EXPECT_EQ(reached.next_cents, 20000);
  EXPECT_EQ(reached.overshoot_cents(), 200);
  EXPECT_EQ(shop.follower.orders().at(1).steps.at(0).reached_cents, 0);
  shop.promotion("spend", R"({"withdrawn": true})");
  shop.buy({"rug", "lamp"});
  EXPECT_TRUE(shop.follower.orders().at(2).steps.empty());
}

TEST(JournalFollower, a_repeating_step_asks_for_its_multiple) {
  Shop shop;
  shop.promotion("spend", R"({"currency":"EUR","every":{"spend_cents":4000,"save_cents":300}})");
  shop.buy({"rug"});
  EXPECT_EQ(shop.follower.orders().at(0).steps.at(0).reached_cents, 8000);
  EXPECT_EQ(shop.follower.orders().at(0).steps.at(0).next_cents, 12000);
}

TEST(JournalFollower, counts_an_order_whose_amount_overflows_and_goes_on) {
  Shop shop;
  shop.item("palace", "Home/Rugs", std::int64_t{1} << 53);
  shop.buy({"palace", "palace"});
  shop.buy({"rug"});
  EXPECT_EQ(shop.follower.unpriced_orders(), 1U);
  EXPECT_EQ(shop.follower.orders().size(), 1U);
}

TEST(JournalFollower, scores_items_against_the_cart_and_the_past) {
  Shop shop;
  shop.act(ActionKind::kView, "pan");
  shop.act(ActionKind::kView, "pan");
  shop.act(ActionKind::kView, "lamp");
  shop.act(ActionKind::kView, "rug");
  shop.show("r1", {"pan", "mug"}, {"rug", "pan"});
  EXPECT_FLOAT_EQ(shop.shown(0, 0).to_ticked.leaf, 0.5F);
  EXPECT_FLOAT_EQ(shop.shown(0, 1).to_ticked.leaf, 0);
  EXPECT_FLOAT_EQ(shop.shown(0, 1).to_ticked.top, 0.5F);
  EXPECT_FLOAT_EQ(shop.shown(0, 0).to_history.leaf, 0.5F);
  EXPECT_FLOAT_EQ(shop.shown(0, 1).to_history.top, 0.5F);
}

}  // namespace
}  // namespace inkling::funnel
