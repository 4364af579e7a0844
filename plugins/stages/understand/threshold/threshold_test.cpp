#include <gtest/gtest.h>

#include "scene/basket_for_test.h"

namespace inkling::stages::understand::threshold {

const scene::StageBlueprint& blueprint();

namespace {

using domain::ActionKind;
using scene::RawParameter;

class ThresholdStageTest : public scene::BasketTest {
 protected:
  void SetUp() override {
    BasketTest::SetUp();
    promise("spend-300", kSpend300);
    promise("spend-500", R"({"tiers": [{"spend_cents": 50000, "save_cents": 9000}]})");
  }
  base::Status run(const std::vector<RawParameter>& given = {}) { return ShopTest::run(blueprint(), given); }
};

TEST_F(ThresholdStageTest, says_what_is_missing_to_the_nearest_step) {
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(exchange().slots.need->gap_cents(), 4000);
}

TEST_F(ThresholdStageTest, takes_the_promotion_that_the_context_names) {
  request_.context = {{"page", "cart"}, {"promotion", "spend-500"}};
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(exchange().slots.need->gap_cents(), 24'000);
  ASSERT_TRUE(run({RawParameter::plain("context", "page")}).ok());
  EXPECT_EQ(exchange().slots.need->gap_cents(), 4000);
}

TEST_F(ThresholdStageTest, counts_promotions_that_are_on_at_the_moment_of_the_request) {
  promise("spend-300", R"({"ends_ms": 1735689600001, "tiers": [{"spend_cents": 30000, "save_cents": 5000}]})");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(exchange().slots.need->gap_cents(), 4000);
  now_ms_ += 1;
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(exchange().slots.need->gap_cents(), 24'000) << "it has ended";
}

TEST_F(ThresholdStageTest, tells_what_it_found_when_traced) {
  request_.trace = true;
  act("ann", ActionKind::kCartAdd, "never told");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(exchange().notes, (Texts{"without a price or not to be bought, so they count for nothing: never told",
                                     "spend-300: 4000 more cents save another 5000"}));
}

}  // namespace
}  // namespace inkling::stages::understand::threshold
