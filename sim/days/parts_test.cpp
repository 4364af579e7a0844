// The planted pieces one by one: ladder, complements, what makes goods suitable.
#include <gtest/gtest.h>

#include "sim/days/complements.h"
#include "sim/days/ladder.h"
#include "sim/days/promotion_model.h"

namespace inkling::sim::days {
namespace {

TEST(Ladder, tells_where_a_sum_stands) {
  const Ladder ladder;
  const Standing none = standing(ladder, 9'999);
  EXPECT_EQ(none.step, 0);
  EXPECT_EQ(none.gap_cents(), 1);
  const Standing second = standing(ladder, 20'000);
  EXPECT_EQ(second.step, 2);
  EXPECT_EQ(second.reached_cents, 20'000);
  EXPECT_EQ(second.gap_cents(), 10'000);
  const Standing top = standing(ladder, 50'000);
  EXPECT_EQ(top.step, 3);
  EXPECT_EQ(top.next_cents, 0);
  EXPECT_EQ(top.gap_cents(), 0);
}

TEST(Ladder, is_told_as_a_promotion_of_the_wire) {
  const domain::Promotion told = promotion_of({"p", {{100, 10}}}, "EUR", 5, 0);
  EXPECT_EQ(told.promotion, "p");
  EXPECT_EQ(told.definition_json, R"({"title":"Simulated promotion days","currency":"EUR","starts_ms":5,)"
                                  R"("tiers":[{"spend_cents":100,"save_cents":10}]})");
}

TEST(Complements, are_two_other_leaves_of_another_part_of_the_shop) {
  const Complements complements(3);
  for (std::uint32_t leaf = 0; leaf < kLeafCount; ++leaf) {
    const auto& after = complements.after(leaf);
    EXPECT_NE(after[0], after[1]);
    for (const std::uint32_t other : after) {
      EXPECT_NE(leaf_categories()[leaf].top, leaf_categories()[other].top);
    }
    EXPECT_EQ(complements.of(leaf, after[0]), 1);
    EXPECT_EQ(complements.of(leaf, after[1]), kSecondStrength);
    EXPECT_EQ(complements.of(leaf, leaf), 0);
  }
}

struct Suits : testing::Test {
  Suits() { market.items = 400; }
  double of(const PromotionModel& model, std::uint32_t goods, const BasketView& view) const {
    return suitability(model, Catalogue(market), complements, view, goods);
  }
  MarketplaceOptions market;
  Complements complements{1};
};

TEST_F(Suits, a_price_that_just_fills_the_gap_best) {
  const Catalogue catalogue(market);
  const std::int64_t cents = catalogue.at(7).price_cents;
  const PromotionModel model;
  const double exact = of(model, 7, {{}, {}, cents});
  const double over = of(model, 7, {{}, {}, cents / 2});
  const double below = of(model, 7, {{}, {}, cents + 1});
  EXPECT_GT(exact, 2 * over);
  EXPECT_GT(over, below);
  EXPECT_DOUBLE_EQ(exact, model.need_other * model.complement_other);
}

TEST_F(Suits, what_is_needed_and_what_belongs_to_the_cart_more) {
  const Catalogue catalogue(market);
  const std::uint32_t leaf = catalogue.at(7).leaf;
  const std::vector<std::uint32_t> needs = {leaf};
  std::vector<std::uint32_t> triggers;
  for (std::uint32_t trigger = 0; trigger < kLeafCount && triggers.empty(); ++trigger) {
    if (complements.after(trigger)[0] == leaf) triggers.push_back(trigger);
  }
  ASSERT_FALSE(triggers.empty());
  const PromotionModel model;
  const double plain = of(model, 7, {{}, {}, 0});
  EXPECT_NEAR(of(model, 7, {{}, needs, 0}) / plain, model.need_due / model.need_other, 1e-9);
  EXPECT_NEAR(of(model, 7, {triggers, {}, 0}) / plain, 1 / model.complement_other, 1e-9);
}

}  // namespace
}  // namespace inkling::sim::days
