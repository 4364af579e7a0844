#include <gtest/gtest.h>

#include "scene/basket_for_test.h"

namespace inkling::stages::filter::reaches {

const scene::StageBlueprint& blueprint();

namespace {

using domain::ActionKind;
using scene::RawParameter;

class ReachesStageTest : public scene::BasketTest {
 protected:
  void SetUp() override {
    BasketTest::SetUp();
    tell("unpriced");
    for (const char* item : {"short", "exact", "most", "dear", "unpriced", "never told", "coat"}) found(item);
  }
  base::Status run(const std::vector<RawParameter>& given = {}) { return run_with_need(blueprint(), given); }
};

TEST_F(ReachesStageTest, keeps_what_reaches_the_step_and_does_not_overshoot_far) {
  promise("spend-300", kSpend300);
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"exact", "most"}));
}

TEST_F(ReachesStageTest, stretches_as_far_as_it_is_told) {
  promise("spend-300", kSpend300);
  ASSERT_TRUE(run({RawParameter::plain("stretch", "0")}).ok());
  EXPECT_EQ(items(), Texts{"exact"});
}

TEST_F(ReachesStageTest, keeps_only_what_counts_for_the_promotion) {
  promise("hats",
          R"({"scope": {"categories": [["all", "hats"]]}, "tiers": [{"spend_cents": 30000, "save_cents": 5000}]})");
  tell_priced("first hat", 26'000, "hats");
  tell_priced("second hat", 4000, "hats");
  act("ann", ActionKind::kCartAdd, "first hat");
  found("second hat");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts{"second hat"});
}

TEST_F(ReachesStageTest, keeps_a_pair_that_reaches_together_and_does_not_overshoot_far) {
  promise("spend-300", kSpend300);
  for (const auto& [item, cents] : {std::pair{"cheap", 1}, {"light", 2000}, {"heavy", 2002}})
    tell_priced(item, cents);
  exchange().slots.candidates.clear();
  for (const auto& [item, with] : {std::pair{"short", "cheap"},
                                   {"short", "heavy"},
                                   {"light", "cheap"},
                                   {"light", "coat"},
                                   {"light", "unpriced"},
                                   {"light", "never told"}}) {
    found(item);
    exchange().slots.candidates.back().with = with;
  }
  ASSERT_TRUE(run().ok());
  ASSERT_EQ(items(), Texts{"short"}) << "3999 + 2002 is a cent too much";
  EXPECT_EQ(candidate(0).with, "cheap");
}

TEST_F(ReachesStageTest, keeps_all_but_the_carts_own_goods_without_a_step) {
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"short", "exact", "most", "dear", "unpriced", "never told"}));
}

TEST_F(ReachesStageTest, notes_what_it_dropped_when_traced) {
  request_.trace = true;
  promise("spend-300", kSpend300);
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(exchange().notes, Texts{"dropped 1 that cost too much, 4 that lie in the cart or reach no further step"});
}

}  // namespace
}  // namespace inkling::stages::filter::reaches
