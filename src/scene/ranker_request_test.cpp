#include "scene/ranker_request.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/core/allocation_count_test.h"
#include "basket/category_hash.h"
#include "scene/shop_for_test.h"

namespace inkling::scene {
namespace {

using base::name_hash;
using basket::BehaviourKind;
using domain::ActionKind;

class RankerRequestTest : public ShopTest {
 protected:
  void SetUp() override {
    tell_goods("coat", "a leaf with quite a long name", "north", domain::Money{21'000, {}});
    for (const char* item : {"hat", "scarf"}) tell_priced(item, 4500);
    promise("spend-300", R"({"tiers": [{"spend_cents": 20000, "save_cents": 2000},
                                       {"spend_cents": 30000, "save_cents": 5000}]})");
    bought("bob", now_ms_ - base::kDayMs, {"coat", "hat"});
  }
  // As rank/learnt asks.
  void read() {
    rank_by("ranker");
    understand_need();
    exchange().now_ms = now_ms_;
    const auto live = exchange().knowledge.ranker("ranker");
    ASSERT_TRUE(live.ok()) << live.status().message();
    asked_.read(exchange(), *live);
  }
  const basket::AddOnRequest& request() const { return asked_.request(); }

  RankerRequest asked_;
};

TEST_F(RankerRequestTest, tells_cart_and_promotion_as_samples_do) {
  request_.cart = {{RequestCartLine{"coat", 1, true, {}}, RequestCartLine{"hat", 1, false, {}}}};
  read();
  EXPECT_EQ(request().promotion, name_hash("spend-300"));
  EXPECT_EQ(request().tier, 1U) << "200 are reached";
  EXPECT_EQ(request().threshold_cents, 30'000);
  EXPECT_EQ(request().gap_cents, 9000);
  ASSERT_EQ(request().ticked.size(), 1U);
  const std::vector<std::string> path = {"all", "a leaf with quite a long name"};
  const basket::ItemRef coat = {name_hash("coat"), basket::category_hash(path), name_hash("all"), name_hash("north"),
                                21'000};
  EXPECT_EQ(request().ticked[0].item, coat.item);
  EXPECT_EQ(request().ticked[0].price_cents, 21'000);
  EXPECT_EQ(request().ticked[0].shop, coat.shop);
  ASSERT_EQ(request().unticked.size(), 1U);
  EXPECT_EQ(request().unticked[0].item, name_hash("hat"));
  EXPECT_EQ(request().triggers.size(), 1U);
}

TEST_F(RankerRequestTest, tells_what_the_shopper_did_with_items_oldest_first) {
  view("ann", "scarf");
  act("ann", ActionKind::kSkip, "hat");
  act("ann", ActionKind::kFavourite, "hat");
  act("ann", ActionKind::kCartAdd, "coat");
  read();
  ASSERT_EQ(request().behaviours.size(), 3U) << "a refusal is none";
  EXPECT_EQ(request().behaviours[0].kind, BehaviourKind::kView);
  EXPECT_EQ(request().behaviours[0].item.item, name_hash("scarf"));
  EXPECT_EQ(request().behaviours[0].item.price_cents, 4500);
  EXPECT_EQ(request().behaviours[1].kind, BehaviourKind::kFavourite);
  EXPECT_EQ(request().behaviours[2].kind, BehaviourKind::kCartAdd);
}

TEST_F(RankerRequestTest, tells_candidates_with_what_found_them) {
  found("hat", "co_basket", 0.5F);
  ASSERT_TRUE(exchange().slots.candidates[0].recalls.push({"repurchase", 0.25F}));
  found("never told", "hot", 2);
  read();
  ASSERT_EQ(asked_.candidates().size(), 2U);
  const basket::Candidate& hat = asked_.candidates()[0];
  EXPECT_EQ(hat.item, name_hash("hat"));
  EXPECT_EQ(hat.price_cents, 4500);
  EXPECT_EQ(hat.top, name_hash("all"));
  ASSERT_EQ(hat.recalls.size(), 2U);
  EXPECT_EQ(hat.recalls[1].recall, name_hash("repurchase"));
  EXPECT_EQ(hat.recalls[1].score, 0.25F);
  const basket::Candidate& unknown = asked_.candidates()[1];
  EXPECT_EQ(unknown.row, basket::kUnknownItem);
  EXPECT_EQ(unknown.price_cents, basket::kNoPrice);
  EXPECT_EQ(unknown.recalls[0].score, 2);
}

TEST_F(RankerRequestTest, tells_intent_where_a_stage_before_knew_it) {
  read();
  EXPECT_TRUE(std::isnan(request().intent_prob));
  exchange().slots.intent.emplace();
  ASSERT_TRUE(exchange().slots.intent->probs.push({"purchase_1h", "dipn", 0.75F}));
  read();
  EXPECT_EQ(request().intent_prob, 0.75F);
}

TEST_F(RankerRequestTest, allocates_nothing_the_second_time) {
  request_.cart = {{RequestCartLine{"coat", 1, true, {}}, RequestCartLine{"hat", 1, false, {}}}};
  found("scarf");
  read();
  const auto live = exchange().knowledge.ranker("ranker");
  const std::size_t before = base::allocations;
  asked_.read(exchange(), *live);
  EXPECT_EQ(base::allocations, before);
}

}  // namespace
}  // namespace inkling::scene
