#include <gtest/gtest.h>

#include "base/core/clock.h"
#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::recall::repurchase {

const scene::StageBlueprint& blueprint();

namespace {

using base::kDayMs;
using domain::ActionKind;
using scene::RawParameter;

// Milk and tea are bought every ten days, ann's last time ten and two days ago; a lamp is bought once.
class RepurchaseStageTest : public scene::ShopTest {
 protected:
  void SetUp() override {
    tell_priced("coat", 26'000);
    for (const char* item : {"milk", "tea", "lamp"}) tell_priced(item, 4500);
    tell_priced("rice", 900);
    act("ann", ActionKind::kCartAdd, "coat");
    for (std::int64_t days = 100; days >= 10; days -= 10) {
      for (const char* shopper : {"bob", "cem", "ann"}) bought(shopper, now_ms_ - days * kDayMs, {"milk", "rice"});
      for (const char* shopper : {"bob", "cem", "ann"}) bought(shopper, now_ms_ - (days - 8) * kDayMs, {"tea"});
      if (days == 60) bought("ann", now_ms_ - 59 * kDayMs, {"lamp"});
    }
  }
  base::Status run(std::vector<RawParameter> given = {}) {
    if (live_) rank_by("ranker");
    understand_need();
    given.push_back(RawParameter::plain("model", "ranker"));
    return ShopTest::run(blueprint(), given);
  }

  bool live_ = true;
};

TEST_F(RepurchaseStageTest, adds_what_is_due_again_likeliest_first) {
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"milk", "rice", "lamp"})) << "tea was bought the day before yesterday";
  EXPECT_EQ(reasons(), (Texts{"buy_again", "buy_again", "buy_again"}));
  EXPECT_GT(scene::recall_score(candidate(0), "repurchase"), scene::recall_score(candidate(2), "repurchase"));
  EXPECT_EQ(exchange().models.size(), 1U);
}

TEST_F(RepurchaseStageTest, waits_as_long_as_it_is_told) {
  ASSERT_TRUE(run({RawParameter::plain("waited", "0.1")}).ok());
  EXPECT_EQ(items().size(), 4U) << "tea too";
  exchange().slots.candidates.clear();
  ASSERT_TRUE(run({RawParameter::plain("waited", "3")}).ok());
  EXPECT_EQ(items(), Texts{"lamp"});
}

TEST_F(RepurchaseStageTest, adds_only_what_completes_the_basket_and_no_more_than_its_quota) {
  promise("spend-300", R"({"tiers": [{"spend_cents": 30000, "save_cents": 5000}]})");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"milk", "lamp"}));
  exchange().slots.candidates.clear();
  ASSERT_TRUE(run({RawParameter::plain("quota", "1")}).ok());
  EXPECT_EQ(items(), Texts{"milk"});
}

TEST_F(RepurchaseStageTest, passes_over_what_lies_in_the_cart_and_what_is_not_on_sale) {
  act("ann", ActionKind::kCartAdd, "milk");
  domain::Item sold_out;
  sold_out.item = "rice";
  sold_out.on_sale = false;
  tell_item(sold_out);
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts{"lamp"});
}

TEST_F(RepurchaseStageTest, says_which_package_is_missing) {
  live_ = false;
  EXPECT_EQ(run().message(), "no package of model \"ranker\" is live; live are: none");
}

}  // namespace

// A shopper who bought nothing.
class NewShopperTest : public scene::ShopTest {};

TEST_F(NewShopperTest, is_offered_nothing_again) {
  tell_priced("milk", 4500);
  for (int day = 9; day > 0; --day) bought("bob", now_ms_ - day * kDayMs, {"milk"});
  rank_by("ranker");
  understand_need();
  ASSERT_TRUE(run(blueprint(), {RawParameter::plain("model", "ranker")}).ok());
  EXPECT_EQ(items(), Texts());
}

}  // namespace inkling::stages::recall::repurchase
