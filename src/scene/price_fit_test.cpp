#include "scene/price_fit.h"

#include <gtest/gtest.h>

#include "scene/shop_for_test.h"

namespace inkling::scene {
namespace {

using domain::ActionKind;

class PriceFitTest : public ShopTest {
 protected:
  void SetUp() override {
    tell_priced("coat", 26'000);
    for (const auto& [item, cents] : {std::pair{"small", 1500}, {"half", 2500}, {"exact", 4000}, {"dear", 6001}}) {
      tell_priced(item, cents);
    }
    tell_priced("hat", 4000, "hats");
    tell("unpriced");
    act("ann", ActionKind::kCartAdd, "coat");
    promise(
        "shoes",
        R"({"scope": {"categories": [["all", "shoes"]]}, "tiers": [{"spend_cents": 30000, "save_cents": 5000}]})");
    understand_need();
  }
  const index::World& world() { return exchange().knowledge.world(); }
  std::uint32_t row(std::string_view item) { return *world().find(item); }
  bool alone(std::string_view item) { return completes(*exchange().slots.need, world(), row(item)); }
  bool together(std::string_view item, std::string_view partner) {
    return complete_together(*exchange().slots.need, world(), row(item), row(partner));
  }
};

TEST_F(PriceFitTest, prices_fit_from_the_gap_to_a_share_of_it_more) {
  const auto prices = fitting_prices(*exchange().slots.need, 0.5);
  ASSERT_TRUE(prices);
  EXPECT_EQ(prices->low_cents, 4000);
  EXPECT_EQ(prices->high_cents, 6000);
  EXPECT_EQ(fitting_prices(*exchange().slots.need, 1000)->high_cents, 4'004'000);
  act("ann", ActionKind::kCartRemove, "coat");
  understand_need();
  EXPECT_FALSE(fitting_prices(*exchange().slots.need, 0.5));
  EXPECT_FALSE(alone("dear")) << "there is nothing to complete";
}

TEST_F(PriceFitTest, goods_complete_the_basket_by_the_receipts_arithmetic) {
  EXPECT_TRUE(alone("exact"));
  EXPECT_FALSE(alone("half"));
  EXPECT_FALSE(alone("hat")) << "it does not count for the promotion";
  EXPECT_FALSE(alone("unpriced"));
  EXPECT_TRUE(together("small", "half"));
  EXPECT_FALSE(together("hat", "half"));
  EXPECT_FALSE(together("unpriced", "exact"));
}

TEST_F(PriceFitTest, wanted_is_anything_until_something_is_missing) {
  EXPECT_TRUE(WantedGoods(exchange(), 0.5).hold(row("exact")));
  EXPECT_FALSE(WantedGoods(exchange(), 0.5).hold(row("dear")));
  EXPECT_FALSE(WantedGoods(exchange(), 0.5).hold(row("hat")));
  EXPECT_FALSE(WantedGoods(exchange(), 0.5).hold(row("unpriced")));
  exchange().slots.need.reset();
  EXPECT_TRUE(WantedGoods(exchange(), 0.5).hold(row("dear")));
  EXPECT_TRUE(WantedGoods(exchange(), 0.5).hold(row("unpriced")));
}

TEST_F(PriceFitTest, walks_the_bands_between_two_prices_and_both_ends_count) {
  const auto between = [&](std::int64_t low, std::int64_t high) {
    Texts items;
    each_hot_between(world(), {low, high},
                     [&](const index::TopEntry& entry) { items.push_back(world().facts(entry.row).item); });
    return items;
  };
  EXPECT_EQ(between(1500, 4000), (Texts{"small", "half", "exact", "hat"}));
  EXPECT_EQ(between(1501, 3999), Texts{"half"});
  EXPECT_EQ(between(2000, 1000), Texts());
}

}  // namespace
}  // namespace inkling::scene
