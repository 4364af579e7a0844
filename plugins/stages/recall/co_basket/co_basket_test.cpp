#include <gtest/gtest.h>

#include "base/core/allocation_count_test.h"
#include "base/core/clock.h"
#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::recall::co_basket {

const scene::StageBlueprint& blueprint();

namespace {

using domain::ActionKind;
using scene::RawParameter;

constexpr const char* kSpend300 = R"({"tiers": [{"spend_cents": 30000, "save_cents": 5000}]})";

// Of hat and gloves, which are bought with the coat, the hat more often; of scarf, which is bought with the boots.
class CoBasketStageTest : public scene::ShopTest {
 protected:
  void SetUp() override {
    tell_priced("coat", 26'000);
    tell_priced("boots", 20'000);
    for (const char* item : {"hat", "gloves", "scarf", "never bought"}) tell_priced(item, 4500);
    tell_priced("socks", 3999);
    tell_priced("tent", 6001);
    act("ann", ActionKind::kCartAdd, "coat");
    for (std::int64_t day = 0; day < 12; ++day) {
      const std::int64_t ts_ms = now_ms_ - (20 - day) * base::kDayMs;
      if (day % 2 == 0) bought("bob", ts_ms, {"coat", "hat", "socks", "tent"});
      if (day % 3 == 1) bought("cem", ts_ms, {"coat", "gloves"});
      if (day % 3 == 2) bought("dan", ts_ms, {"boots", "scarf"});
      bought("eve", ts_ms, {"never told", "tent"});
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

TEST_F(CoBasketStageTest, adds_what_is_bought_with_the_goods_and_completes_the_basket) {
  promise("spend-300", kSpend300);
  for (const char* by : {"conditional", "cosine", "autoencoder"}) {
    exchange().slots.candidates.clear();
    ASSERT_TRUE(run({RawParameter::plain("by", by)}).ok());
    EXPECT_EQ(items(), (Texts{"hat", "gloves"})) << by;
    EXPECT_EQ(reasons(), (Texts{"bought_with:coat", "bought_with:coat"}));
    EXPECT_GT(scene::recall_score(candidate(0), "co_basket"), scene::recall_score(candidate(1), "co_basket"));
  }
  ASSERT_EQ(exchange().models.size(), 1U);
  EXPECT_EQ(exchange().models.front().model + " " + exchange().models.front().version, "ranker v1");
}

TEST_F(CoBasketStageTest, starts_from_all_ticked_goods_and_from_no_others) {
  ask_with_cart({"coat", "boots"});
  ASSERT_TRUE(run({RawParameter::plain("by", "conditional")}).ok());
  EXPECT_EQ(items(), (Texts{"scarf", "hat", "socks", "tent", "gloves"}))
      << "there is no step, so prices do not count";
  EXPECT_EQ(reasons()[0], "bought_with:boots");
  EXPECT_EQ(reasons()[1], "bought_with:coat");
  exchange().slots.candidates.clear();
  request_.cart->front().ticked = false;
  ASSERT_TRUE(run({RawParameter::plain("by", "conditional")}).ok());
  EXPECT_EQ(items(), Texts{"scarf"});
}

TEST_F(CoBasketStageTest, adds_no_more_than_its_quota_which_what_cannot_be_shown_does_not_use_up) {
  promise("spend-300", kSpend300);
  ASSERT_TRUE(run({RawParameter::plain("quota", "1")}).ok());
  EXPECT_EQ(items(), Texts{"hat"}) << "tent and socks go as well with the coat";
  exchange().slots.candidates.clear();
  domain::Item sold_out;
  sold_out.item = "hat";
  sold_out.on_sale = false;
  tell_item(sold_out);
  ASSERT_TRUE(run({RawParameter::plain("quota", "1")}).ok());
  EXPECT_EQ(items(), Texts{"gloves"});
}

TEST_F(CoBasketStageTest, adds_nothing_for_an_empty_cart_and_for_goods_that_nobody_bought) {
  ask_with_cart({});
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts());
  ask_with_cart({"never bought"});
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts());
}

TEST_F(CoBasketStageTest, allocates_nothing_from_the_second_request_on) {
  ASSERT_TRUE(run().ok());
  const std::vector given = {RawParameter::plain("model", "ranker")};
  const auto parameters = scene::make_parameters(blueprint().parameters, given);
  const auto stage = blueprint().make(*parameters);
  ASSERT_TRUE(stage.ok());
  exchange().slots.candidates.clear();
  const std::size_t before = base::allocations;
  const bool ok = (*stage)->run(exchange()).ok();
  EXPECT_EQ(base::allocations, before);
  EXPECT_TRUE(ok);
  EXPECT_EQ(items().size(), 4U);
}

TEST_F(CoBasketStageTest, says_which_package_is_missing) {
  live_ = false;
  const base::Status status = run();
  EXPECT_EQ(status.code(), base::ErrorCode::kNotFound);
  EXPECT_EQ(status.message(), "no package of model \"ranker\" is live; live are: none");
}

TEST_F(CoBasketStageTest, refuses_a_formula_that_it_does_not_know) {
  EXPECT_NE(run({RawParameter::plain("by", "lift")}).message().find("conditional"), std::string::npos);
}

}  // namespace
}  // namespace inkling::stages::recall::co_basket
