#include "scene/basket_need.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "scene/shop_for_test.h"

namespace inkling::scene {
namespace {

using domain::ActionKind;

constexpr const char* kSpend300 = R"({"tiers": [{"spend_cents": 20000, "save_cents": 2000},
                                               {"spend_cents": 30000, "save_cents": 5000}]})";

class BasketNeedTest : public ShopTest {
 protected:
  const BasketNeed& need(std::string_view promotion = {}) {
    understand_need(promotion);
    return *exchange().slots.need;
  }
};

TEST_F(BasketNeedTest, is_what_the_ticked_goods_are_short_of) {
  tell_priced("coat", 26'000);
  promise("spend-300", kSpend300);
  act("ann", ActionKind::kCartAdd, "coat");
  ASSERT_TRUE(need().target);
  EXPECT_EQ(need().gap_cents(), 4000);
  EXPECT_EQ(need().quote->saved_cents(), 2000);
  EXPECT_TRUE(need().holds("coat"));
  act("ann", ActionKind::kCartUntick, "coat");
  EXPECT_EQ(need().quote->ticked_cents(), 0);
  EXPECT_EQ(need().gap_cents(), 20'000);
}

TEST_F(BasketNeedTest, turns_to_the_nearest_step_where_the_named_promotion_has_none_left) {
  tell_priced("coat", 26'000);
  promise("reached", R"({"tiers": [{"spend_cents": 20000, "save_cents": 2000}]})");
  promise("spend-300", kSpend300);
  act("ann", ActionKind::kCartAdd, "coat");
  EXPECT_EQ(need("reached").gap_cents(), 4000);
}

TEST_F(BasketNeedTest, takes_prices_from_the_catalogue_and_not_from_the_request) {
  tell_priced("coat", 26'000);
  promise("spend-300", kSpend300);
  request_.cart = {{RequestCartLine{"coat", 1, true, domain::Money{29'999, {}}}}};
  EXPECT_EQ(need().gap_cents(), 4000);
}

TEST_F(BasketNeedTest, leaves_out_what_has_no_price_or_cannot_be_bought) {
  tell_priced("coat", 26'000);
  tell("unpriced");
  tell("gone", "shoes", false);
  tell("last one", "shoes", true, 1);
  promise("spend-300", kSpend300);
  const domain::Money ten{1000, {}};
  request_.cart = {{RequestCartLine{"unpriced", 1, true, {}}, RequestCartLine{"coat", 1, true, {}},
                    RequestCartLine{"never told", 1, true, {}}, RequestCartLine{"gone", 1, true, ten},
                    RequestCartLine{"last one", 2, true, ten}}};
  EXPECT_EQ(need().left_out, (std::vector<std::string_view>{"unpriced", "never told", "gone", "last one"}));
  EXPECT_EQ(need().gap_cents(), 4000);
}

TEST_F(BasketNeedTest, takes_a_price_that_was_told_where_the_catalogue_has_none) {
  tell_priced("coat", 26'000);
  tell("unpriced");
  promise("spend-300", kSpend300);
  request_.cart = {
      {RequestCartLine{"unpriced", 2, true, domain::Money{1000, {}}}, RequestCartLine{"coat", 1, true, {}}}};
  EXPECT_EQ(need().gap_cents(), 2000);
}

TEST_F(BasketNeedTest, aims_at_the_promotion_that_is_looked_at_while_it_has_a_further_step) {
  tell_priced("coat", 26'000);
  promise("spend-300", kSpend300);
  promise("spend-500", R"({"tiers": [{"spend_cents": 50000, "save_cents": 9000}]})");
  act("ann", ActionKind::kCartAdd, "coat");
  const auto target = [&](std::string_view wanted) {
    const BasketNeed& of = need(wanted);
    return of.quote->promotions()[*of.target].promotion->id;
  };
  EXPECT_EQ(target(""), "spend-300");
  EXPECT_EQ(target("spend-500"), "spend-500");
  EXPECT_EQ(target("ended long ago"), "spend-300");
}

TEST_F(BasketNeedTest, has_no_target_without_a_promotion) {
  tell_priced("coat", 26'000);
  act("ann", ActionKind::kCartAdd, "coat");
  EXPECT_FALSE(need().target);
  EXPECT_FALSE(need().gap_cents());
}

TEST_F(BasketNeedTest, triggers_are_the_ticked_goods_that_statistics_hold_each_once) {
  for (const char* item : {"coat", "hat", "scarf", "new"}) tell_priced(item, 1000);
  for (const char* item : {"coat", "hat", "scarf"}) bought("bob", now_ms_, {item});
  const auto ranker = fixed_ranker("ranker", "v1", purchases());
  ASSERT_TRUE(ranker.ok());
  const basket::CoBasket& statistics = ranker->scorer->statistics();
  ask_with_cart({"scarf", "coat", "new", "hat", "coat"});
  request_.cart->at(3).ticked = false;
  std::vector<std::uint32_t> rows = {77};
  trigger_rows(need(), statistics, rows);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_LT(rows[0], rows[1]);
  for (const char* item : {"coat", "scarf"}) {
    EXPECT_NE(std::ranges::find(rows, statistics.find(base::name_hash(item))), rows.end()) << item;
  }
}

}  // namespace
}  // namespace inkling::scene
