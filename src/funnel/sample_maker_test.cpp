#include "funnel/sample_maker.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/core/hash.h"
#include "basket/category_hash.h"
#include "funnel/journal_for_test.h"

namespace inkling::funnel {
namespace {

using base::name_hash;
using basket::AddOnSample;
using basket::BehaviourKind;
using basket::OfferedItem;
using domain::ActionKind;
using domain::Money;

constexpr const char* kLadder =
    R"({"currency":"EUR","tiers":[{"spend_cents":10000,"save_cents":1000},{"spend_cents":20000,"save_cents":2500}]})";

struct Shop : JournalForTest {
  explicit Shop(SampleOptions options = {}) : JournalForTest({}, std::move(options)) {
    item("rug", "Home/Rugs", 9000);
    item("lamp", "Home/Lamps", 1200);
    item("pan", "Kitchen/Pans", 1100);
    item("mug", "Kitchen/Mugs", 1300);
    promotion("spend", kLadder);
  }
  const AddOnSample& only() {
    maker.finish();
    EXPECT_EQ(samples.size(), 1U);
    return samples.at(0);
  }
};

std::vector<std::uint64_t> items_of(const AddOnSample& sample) {
  std::vector<std::uint64_t> items;
  for (const OfferedItem& offered : sample.offered) items.push_back(offered.item.item);
  return items;
}

TEST(SampleMaker, tells_the_intent_that_the_first_answer_knew) {
  Shop shop;
  domain::Impression shown = Shop::answer("r1", {"lamp"}, {"rug"});
  shown.intent_prob = 0.75;
  shop.take("ann", shown);
  shown.request = "r2";
  shown.intent_prob = 0.5;
  shop.take("ann", shown);
  shop.act(ActionKind::kClick, "lamp", "r1");
  EXPECT_EQ(shop.only().intent_prob, 0.75F);
}

TEST(SampleMaker, tells_what_was_asked_as_it_was_then) {
  Shop shop;
  domain::Impression shown = Shop::answer("r1", {"lamp"}, {"rug", "pan"}, 9900);
  shown.unticked = {"mug"};
  shown.tier = "1";
  shown.positions[0].price = Money{1150, "EUR"};
  shown.positions[0].recalls = {{"similar", 0.5}, {"random", 0.25}};
  shop.take("ann", shown);
  shop.item("rug", "Garden/Rugs", 8000);  // told later, so not in the sample
  shop.act(ActionKind::kClick, "lamp", "r1");
  const AddOnSample& sample = shop.only();
  EXPECT_EQ(sample.shopper, name_hash("ann"));
  EXPECT_EQ(sample.now_ms, shop.now_ms());
  EXPECT_EQ(sample.promotion, name_hash("spend"));
  EXPECT_EQ(sample.tier, 1U);
  EXPECT_EQ(sample.gap_cents, 9900);
  EXPECT_EQ(sample.threshold_cents, 20000);
  EXPECT_TRUE(std::isnan(sample.intent_prob));
  ASSERT_EQ(sample.ticked.size(), 2U);
  const std::vector<std::string> rugs = {"Home", "Rugs"};
  EXPECT_EQ(sample.ticked[0],
            (basket::ItemRef{name_hash("rug"), basket::category_hash(rugs), name_hash("Home"), 0, 9000}));
  ASSERT_EQ(sample.unticked.size(), 1U);
  EXPECT_EQ(sample.unticked[0].item, name_hash("mug"));
  const OfferedItem& offered = sample.offered.at(0);
  EXPECT_EQ(offered.item.price_cents, 1150) << "as shown, not as the catalogue has it";
  ASSERT_EQ(offered.recall_count, 2);
  EXPECT_EQ(offered.recalls[0], (basket::RecallHit{name_hash("similar"), 0.5F}));
  EXPECT_EQ(offered.recalls[1], (basket::RecallHit{name_hash("random"), 0.25F}));
}

TEST(SampleMaker, keeps_looks_with_a_click_alone_and_says_what_was_dropped) {
  Shop shop;
  shop.show("r1", {"lamp", "pan"}, {"rug"});
  shop.pass(60);
  shop.show("r2", {"lamp", "mug"}, {"rug"});
  shop.act(ActionKind::kView, "mug", "r2");
  shop.pass(60);
  shop.show("r3", {}, {"rug"});
  EXPECT_EQ(items_of(shop.only()), (std::vector<std::uint64_t>{name_hash("lamp"), name_hash("mug")}));
  const SampleCounts& counts = shop.maker.counts();
  EXPECT_EQ(counts.looks, 3U);
  EXPECT_EQ(counts.looks_unclicked, 1U);
  EXPECT_EQ(counts.looks_empty, 1U);
  EXPECT_EQ(counts.samples(), 1U);
  EXPECT_EQ(counts.all, (SampleCounts::ByDeed{4, 1, 0, 0}));
  EXPECT_EQ(counts.kept, (SampleCounts::ByDeed{2, 1, 0, 0}));
  EXPECT_DOUBLE_EQ(to_one(counts.kept, Deed::kShown, Deed::kClicked), 2);
  EXPECT_TRUE(std::isnan(to_one(counts.kept, Deed::kClicked, Deed::kCarted)));
}

TEST(SampleMaker, keeps_every_look_when_asked_to) {
  Shop shop({.only_clicked = false});
  shop.show("r1", {"lamp"}, {"rug"});
  EXPECT_FALSE(shop.only().offered[0].clicked);
}

TEST(SampleMaker, what_is_shown_again_after_a_detail_page_is_shown_once) {
  Shop shop;
  shop.show("r1", {"lamp", "pan"}, {"rug"});
  shop.act(ActionKind::kView, "pan", "r1");
  shop.show("r2", {"lamp", "pan"}, {"rug"});
  shop.show("r3", {"mug"}, {"rug"});
  shop.act(ActionKind::kClick, "lamp", "r2");
  const AddOnSample& sample = shop.only();
  ASSERT_EQ(sample.offered.size(), 3U);
  EXPECT_TRUE(sample.offered[0].clicked);
  EXPECT_EQ(sample.offered[2].position, 2);
  EXPECT_EQ(shop.maker.counts().shown_again, 2U);
  EXPECT_EQ(shop.maker.counts().positions, 5U);
}

TEST(SampleMaker, credits_orders_as_reports_do) {
  Shop shop;
  shop.show("r1", {"lamp", "pan", "mug"}, {"rug"});
  shop.act(ActionKind::kView, "lamp", "r1");
  shop.act(ActionKind::kCartAdd, "lamp", "r1");
  shop.act(ActionKind::kCartAdd, "pan", "r1");
  shop.act(ActionKind::kCartRemove, "pan");
  shop.act(ActionKind::kCartAdd, "mug");  // found elsewhere
  shop.buy({"rug", "lamp", "pan", "mug"});
  const AddOnSample& sample = shop.only();
  EXPECT_TRUE(sample.offered[0].bought);
  EXPECT_TRUE(sample.offered[1].carted);
  EXPECT_FALSE(sample.offered[1].bought);
  EXPECT_FALSE(sample.offered[2].carted);
  EXPECT_TRUE(sample.offered[1].clicked) << "put into the cart at once";
  EXPECT_EQ(shop.maker.counts().carted_at_once, 1U);
  EXPECT_EQ(shop.maker.counts().kept, (SampleCounts::ByDeed{3, 2, 2, 1}));
}

TEST(SampleMaker, what_is_done_with_an_answer_is_no_behaviour_before_it) {
  Shop shop;
  shop.act(ActionKind::kView, "mug");
  shop.act(ActionKind::kFavourite, "pan");
  shop.buy({"rug"});
  shop.pass(1);
  shop.show("r1", {"lamp"}, {"rug"});
  shop.act(ActionKind::kView, "lamp", "r1");
  shop.act(ActionKind::kCartAdd, "lamp", "r1");
  shop.show("r2", {"pan"}, {"rug"});  // next page
  const auto& past = shop.only().behaviours;
  ASSERT_EQ(past.size(), 3U);
  EXPECT_EQ(past[0].item.item, name_hash("mug"));
  EXPECT_EQ(past[0].kind, BehaviourKind::kView);
  EXPECT_EQ(past[1].kind, BehaviourKind::kFavourite);
  EXPECT_EQ(past[2].kind, BehaviourKind::kPurchase);
  EXPECT_EQ(past[2].item.price_cents, 9000);
  EXPECT_EQ(past[2].ts_ms, shop.now_ms() - base::kMinuteMs);
}

TEST(SampleMaker, knows_nothing_that_the_journal_told_early_and_the_clock_later) {
  Shop shop;
  shop.pass(60);
  shop.act(ActionKind::kView, "mug");
  shop.pass(-30);
  shop.show("r1", {"lamp"}, {"rug"});
  shop.act(ActionKind::kClick, "lamp", "r1");
  EXPECT_TRUE(shop.only().behaviours.empty());
}

TEST(SampleMaker, keeps_the_newest_behaviours_however_many_there_were) {
  Shop shop;
  for (int i = 0; i < 10'000; ++i) shop.act(ActionKind::kView, i < 9'950 ? "mug" : "pan");
  shop.show("r1", {"lamp"}, {"rug"});
  shop.act(ActionKind::kClick, "lamp", "r1");
  const auto& past = shop.only().behaviours;
  ASSERT_EQ(past.size(), basket::kMaxBehaviours);
  EXPECT_EQ(past[49].item.item, name_hash("mug"));
  EXPECT_EQ(past[50].item.item, name_hash("pan"));
}

TEST(SampleMaker, tells_a_look_once_it_has_settled_and_forgets_it) {
  Shop shop({.settle_ms = 3 * base::kHourMs});
  shop.show("r1", {"lamp"}, {"rug"});
  shop.act(ActionKind::kCartAdd, "lamp", "r1");
  shop.pass(180);
  shop.act(ActionKind::kView, "mug");
  EXPECT_TRUE(shop.samples.empty());
  shop.pass(1);
  shop.act(ActionKind::kView, "mug");
  ASSERT_EQ(shop.samples.size(), 1U);
  shop.buy({"lamp"});
  shop.maker.finish();
  EXPECT_EQ(shop.samples.size(), 1U);
  EXPECT_FALSE(shop.samples[0].offered[0].bought);
  EXPECT_EQ(shop.maker.counts().late_orders, 1U);
  EXPECT_EQ(shop.maker.counts().looks_open, 0U);
}

TEST(SampleMaker, counts_looks_that_the_end_of_the_journal_cut_off) {
  Shop shop;
  shop.show("r1", {"lamp"}, {"rug"});
  shop.act(ActionKind::kClick, "lamp", "r1");
  (void)shop.only();
  EXPECT_EQ(shop.maker.counts().looks_open, 1U);
}

TEST(SampleMaker, another_scene_teaches_nothing_and_another_cart_is_another_question) {
  Shop shop;
  domain::Impression shown = Shop::answer("r0", {"pan"}, {"rug"});
  shown.scene = "feed";
  shop.take("ann", shown);
  shop.act(ActionKind::kClick, "pan", "r0");
  shop.show("r1", {"lamp"}, {"rug"});
  shop.act(ActionKind::kClick, "lamp", "r1");
  shop.show("r2", {"mug"}, {"rug", "lamp"});
  shop.act(ActionKind::kClick, "mug", "r2");
  shop.maker.finish();
  ASSERT_EQ(shop.samples.size(), 2U);
  EXPECT_EQ(items_of(shop.samples[0]), std::vector<std::uint64_t>{name_hash("lamp")});
  EXPECT_EQ(items_of(shop.samples[1]), std::vector<std::uint64_t>{name_hash("mug")});
}

TEST(SampleMaker, what_was_paid_stays_the_price_of_a_behaviour_and_no_gap_is_below_zero) {
  Shop shop;
  domain::Action bought;
  bought.action = ActionKind::kPurchase;
  bought.item = "lamp";  // an order without lines
  bought.price = Money{1150, "EUR"};
  shop.take("ann", bought);
  shop.item("lamp", "Home/Lamps", 1400);  // dearer by now
  shop.pass(1);
  domain::Impression shown = Shop::answer("r1", {"pan"}, {"rug"}, -500);
  shop.take("ann", shown);
  shop.act(ActionKind::kClick, "pan", "r1");
  const AddOnSample& sample = shop.only();
  ASSERT_EQ(sample.behaviours.size(), 1U);
  EXPECT_EQ(sample.behaviours[0].item.price_cents, 1150);
  EXPECT_EQ(sample.gap_cents, 0);
}

TEST(SampleMaker, what_is_done_with_a_look_keeps_it_open) {
  Shop shop({.settle_ms = 3 * base::kHourMs});
  shop.show("r1", {"lamp"}, {"rug"});
  shop.pass(120);
  shop.act(ActionKind::kCartAdd, "lamp", "r1");
  shop.pass(120);
  shop.buy({"lamp"});
  EXPECT_TRUE(shop.samples.empty());
  EXPECT_TRUE(shop.only().offered[0].bought);
}

TEST(SampleMaker, another_currency_is_no_price_and_an_unknown_promotion_no_threshold) {
  Shop shop;
  domain::Impression shown = Shop::answer("r1", {"lamp", "nothing-known"}, {"rug"});
  shown.positions[0].price = Money{1150, "USD"};
  shown.promotion = "gone";
  shown.tier = "gold";
  shop.take("ann", shown);
  shop.act(ActionKind::kClick, "lamp", "r1");
  const AddOnSample& sample = shop.only();
  EXPECT_EQ(sample.offered[0].item.price_cents, basket::kNoPrice);
  EXPECT_EQ(sample.offered[1].item, (basket::ItemRef{name_hash("nothing-known"), 0, 0, 0, basket::kNoPrice}));
  EXPECT_EQ(sample.threshold_cents, 0);
  EXPECT_EQ(sample.tier, 0U);
}

TEST(SampleMaker, cuts_what_has_no_end) {
  Shop shop;
  std::vector<std::string> many, cart;
  for (std::size_t i = 0; i < kMostOffered + 5; ++i) many.push_back("goods-" + std::to_string(i));
  for (std::size_t i = 0; i < basket::kMaxTriggers + 2; ++i) cart.push_back("line-" + std::to_string(i));
  domain::Impression shown = Shop::answer("r1", many, cart);
  shown.positions[0].recalls.assign(9, {"similar", 1});
  shop.take("ann", shown);
  shop.act(ActionKind::kClick, "goods-1", "r1");
  shop.act(ActionKind::kClick, "goods-" + std::to_string(kMostOffered), "r1");
  const AddOnSample& sample = shop.only();
  EXPECT_EQ(sample.offered.size(), kMostOffered);
  EXPECT_EQ(shop.maker.counts().beyond_offered, 5U);
  EXPECT_EQ(sample.offered[0].recall_count, basket::kMaxRecalls);
  EXPECT_EQ(sample.ticked.size(), basket::kMaxTriggers);
  EXPECT_EQ(sample.ticked[0].item, name_hash("line-2")) << "those ticked last";
}

}  // namespace
}  // namespace inkling::funnel
