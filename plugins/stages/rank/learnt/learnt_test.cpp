#include <gtest/gtest.h>

#include "base/core/allocation_count_test.h"
#include "base/core/clock.h"
#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::rank::learnt {

const scene::StageBlueprint& blueprint();

namespace {

using base::kDayMs;
using domain::ActionKind;
using scene::RawParameter;

class LearntStageTest : public scene::ShopTest {
 protected:
  void SetUp() override {
    tell_priced("coat", 26'000);
    for (const char* item : {"hat", "scarf", "milk", "never bought"}) tell_priced(item, 4500);
    act("ann", ActionKind::kCartAdd, "coat");
    for (std::int64_t day = 30; day > 20; --day) bought("bob", now_ms_ - day * kDayMs, {"coat", "hat"});
    bought("bob", now_ms_ - 19 * kDayMs, {"scarf"});
    bought("ann", now_ms_ - 18 * kDayMs, {"milk"});
    bought("ann", now_ms_ - 17 * kDayMs, {"milk"});
  }
  base::Status run(const std::vector<RawParameter>& given = {RawParameter::plain("model", "ranker")}) {
    if (live_) rank_by("ranker");
    understand_need();
    return ShopTest::run(blueprint(), given);
  }

  bool live_ = true;
};

TEST_F(LearntStageTest, orders_by_the_live_package_which_sees_cart_and_shopper) {
  for (const char* item : {"never bought", "scarf", "never told", "hat", "milk"}) found(item);
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"milk", "hat", "scarf", "never bought", "never told"}));
  EXPECT_FLOAT_EQ(candidate(0).score, 1 + 0.8F);
  EXPECT_FLOAT_EQ(candidate(1).score, 10 / 15.0F) << "bought with the coat ten times of ten and five in vain";
  EXPECT_FLOAT_EQ(candidate(2).score, 0);
  EXPECT_FLOAT_EQ(candidate(3).score, -1) << "the statistics do not know it";
  EXPECT_FLOAT_EQ(candidate(4).score, -1) << "nobody told of it";
  ASSERT_EQ(exchange().models.size(), 1U);
  EXPECT_EQ(exchange().models.front().model + " " + exchange().models.front().version, "ranker v1");
}

TEST_F(LearntStageTest, sees_only_ticked_goods) {
  ask_with_cart({"coat"});
  request_.cart->front().ticked = false;
  found("hat");
  ASSERT_TRUE(run().ok());
  EXPECT_FLOAT_EQ(candidate(0).score, 0);
}

TEST_F(LearntStageTest, has_nothing_against_an_empty_list) {
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts());
}

TEST_F(LearntStageTest, allocates_nothing_from_the_second_request_on) {
  for (const char* item : {"never bought", "scarf", "hat", "milk"}) found(item);
  ASSERT_TRUE(run().ok());
  const std::vector given = {RawParameter::plain("model", "ranker")};
  const auto parameters = scene::make_parameters(blueprint().parameters, given);
  const auto stage = blueprint().make(*parameters);
  ASSERT_TRUE(stage.ok());
  const std::size_t before = base::allocations;
  const bool ok = (*stage)->run(exchange()).ok();
  EXPECT_EQ(base::allocations, before);
  EXPECT_TRUE(ok);
  EXPECT_EQ(items().size(), 4U);
}

TEST_F(LearntStageTest, says_which_package_is_missing) {
  live_ = false;
  found("hat");
  const base::Status status = run();
  EXPECT_EQ(status.code(), base::ErrorCode::kNotFound);
  EXPECT_EQ(status.message(), "no package of model \"ranker\" is live; live are: none");
}

TEST_F(LearntStageTest, must_be_told_which_model_to_ask) {
  EXPECT_NE(run({}).message().find("model"), std::string::npos);
}

}  // namespace
}  // namespace inkling::stages::rank::learnt
