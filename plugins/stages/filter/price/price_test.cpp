#include <gtest/gtest.h>

#include "base/core/random.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::filter::price {

const scene::StageBlueprint& blueprint();

namespace {

using scene::RawParameter;

class PriceStageTest : public scene::ShopTest {
 protected:
  base::Status run(const std::vector<RawParameter>& given = {}) { return ShopTest::run(blueprint(), given); }

  void priced(const char* item, std::int64_t cents, const std::string& currency = {}) {
    tell_goods(item, "shoes", "", domain::Money{.cents = cents, .currency = currency});
    found(item);
  }
  void gap(const std::string& text) { request_.context = {{"city", "Lyon"}, {"gap_cents", text}}; }
};

RawParameter set(const char* name, const char* value) {
  return RawParameter::plain(name, value);
}

TEST_F(PriceStageTest, keeps_what_lies_between_the_gap_and_its_stretch_both_ends_included) {
  request_.trace = true;
  priced("short by one", 3999);
  priced("just", 4000);
  priced("most", 6000);
  priced("one too much", 6001);
  gap("4000");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"just", "most"}));
  EXPECT_EQ(exchange().notes, Texts{"dropped 2 priced outside 4000 to 6000 cents"});
}

TEST_F(PriceStageTest, every_item_that_is_left_reaches_the_gap) {
  base::Random random(1);
  std::vector<std::string> names(500);
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = "item " + std::to_string(i);
  for (const std::string& name : names) priced(name.c_str(), static_cast<std::int64_t>(random.below(2000)));
  const auto all = exchange().slots.candidates;
  for (int trial = 0; trial < 20; ++trial) {
    exchange().slots.candidates = all;
    const auto gap_cents = static_cast<std::int64_t>(random.below(2000));
    gap(std::to_string(gap_cents));
    ASSERT_TRUE(run({set("stretch", "33")}).ok());
    std::size_t inside = 0;
    for (const auto& candidate : all) {
      const auto& world = exchange().knowledge.world();
      const std::int64_t cents = world.facts(*world.find(candidate.item)).price->cents;
      inside += cents >= gap_cents && cents * 100 <= gap_cents * 133 ? 1 : 0;
    }
    EXPECT_EQ(items().size(), inside) << gap_cents;
    for (const std::string& item : items()) {
      const auto& world = exchange().knowledge.world();
      EXPECT_GE(world.facts(*world.find(item)).price->cents, gap_cents);
    }
  }
}

TEST_F(PriceStageTest, narrows_the_gap_to_the_scene_s_own_bounds) {
  priced("cheap", 1000);
  priced("fair", 1200);
  priced("dear", 1400);
  gap("900");
  ASSERT_TRUE(run({set("low_cents", "1100"), set("high_cents", "1300")}).ok());
  EXPECT_EQ(items(), Texts{"fair"});
}

TEST_F(PriceStageTest, needs_no_gap_where_the_scene_has_bounds_of_its_own) {
  priced("cheap", 1000);
  priced("dear", 1400);
  ASSERT_TRUE(run({set("high_cents", "1300")}).ok());
  EXPECT_EQ(items(), Texts{"cheap"});
}

TEST_F(PriceStageTest, drops_what_has_no_price_or_one_in_another_currency) {
  priced("own", 1000);
  priced("euros", 1000, "EUR");
  found("never told");
  tell("no price");
  found("no price");
  const auto all = exchange().slots.candidates;
  gap("1000");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts{"own"});
  exchange().slots.candidates = all;
  ASSERT_TRUE(run({set("currency", "EUR")}).ok());
  EXPECT_EQ(items(), Texts{"euros"});
}

TEST_F(PriceStageTest, fails_rather_than_guess_a_bound) {
  EXPECT_EQ(run().message(), "context.gap_cents: is missing, and the scene gives neither low_cents nor high_cents");
  for (const char* text : {"", "-1", "40.00", "4e3", "1000000000001", "99999999999999999999"}) {
    gap(text);
    EXPECT_EQ(run().message(), std::string("context.gap_cents: \"") + text +
                                   "\" is no amount; allowed is a whole number of cents from 0 to 1000000000000");
  }
}

TEST_F(PriceStageTest, refuses_bounds_that_cross_and_currencies_that_are_none) {
  EXPECT_EQ(run({set("low_cents", "2"), set("high_cents", "1")}).message(),
            "low_cents: 2 is above high_cents, which is 1");
  EXPECT_EQ(run({set("currency", "euro")}).message(),
            "currency: \"euro\" is no currency code; allowed are three capital letters such as EUR");
}

}  // namespace
}  // namespace inkling::stages::filter::price
