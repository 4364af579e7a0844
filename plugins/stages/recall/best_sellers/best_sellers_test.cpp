#include <gtest/gtest.h>

#include "scene/basket_for_test.h"
#include "scene/candidates.h"

namespace inkling::stages::recall::best_sellers {

const scene::StageBlueprint& blueprint();

namespace {

using scene::RawParameter;

class BestSellersStageTest : public scene::BasketTest {
 protected:
  void SetUp() override {
    BasketTest::SetUp();
    for (const char* item : {"most", "most", "exact", "dear", "dear", "dear"}) view("bob", item);
  }
  base::Status run(const std::vector<RawParameter>& given = {}) { return run_with_need(blueprint(), given); }
};

TEST_F(BestSellersStageTest, adds_what_sells_at_about_what_is_missing) {
  promise("spend-300", kSpend300);
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"most", "exact"}));
  EXPECT_EQ(reasons(), (Texts{"popular_for_gap", "popular_for_gap"}));
  EXPECT_GT(scene::recall_score(candidate(0), "best_sellers"), scene::recall_score(candidate(1), "best_sellers"));
}

TEST_F(BestSellersStageTest, adds_only_what_counts_for_the_promotion) {
  tell_priced("hat", 4000, "hats");
  for (int i = 0; i < 9; ++i) view("bob", "hat");
  promise("shoes",
          R"({"scope": {"categories": [["all", "shoes"]]}, "tiers": [{"spend_cents": 30000, "save_cents": 5000}]})");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"most", "exact"}));
}

TEST_F(BestSellersStageTest, adds_no_more_than_its_quota) {
  promise("spend-300", kSpend300);
  ASSERT_TRUE(run({RawParameter::plain("quota", "1")}).ok());
  EXPECT_EQ(items(), Texts{"most"});
}

TEST_F(BestSellersStageTest, looks_as_far_above_the_gap_as_it_is_told) {
  promise("spend-300", kSpend300);
  ASSERT_TRUE(run({RawParameter::plain("stretch", "0.51")}).ok());
  EXPECT_EQ(items(), (Texts{"dear", "most", "exact"}));
}

TEST_F(BestSellersStageTest, adds_what_is_in_demand_without_a_step) {
  ASSERT_TRUE(run({RawParameter::plain("quota", "2")}).ok());
  EXPECT_EQ(items(), (Texts{"coat", "dear"})) << "a cart weighs as much as four views";
  EXPECT_EQ(reasons(), (Texts{"popular", "popular"}));
}

}  // namespace
}  // namespace inkling::stages::recall::best_sellers
