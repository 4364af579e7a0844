#include <gtest/gtest.h>

#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::recall::in_category {

const scene::StageBlueprint& blueprint();

namespace {

using scene::RawParameter;

class InCategoryStageTest : public scene::ShopTest {
 protected:
  base::Status run(const std::vector<RawParameter>& given = {}) { return ShopTest::run(blueprint(), given); }
};

TEST_F(InCategoryStageTest, adds_what_is_in_demand_and_what_is_new_there) {
  tell("old", "Moving");
  ++now_ms_;
  tell("new", "Moving");
  tell("panes", "Cleaning");
  view("bob", "old");
  say_in_context("category", "Moving");
  ASSERT_TRUE(run({RawParameter::plain("hot", "1"), RawParameter::plain("newest", "1")}).ok());
  EXPECT_EQ(items(), (Texts{"old", "new"}));
  EXPECT_EQ(reasons(), (Texts{"popular_in:Moving", "new"}));
  EXPECT_EQ(scene::recall_score(candidate(0), "hot"), 1);
  EXPECT_EQ(scene::recall_score(candidate(1), "newest"), 1);
}

TEST_F(InCategoryStageTest, looks_below_a_category_that_is_no_leaf) {
  tell("van", "Moving");
  tell("panes", "Cleaning");
  say_in_context("category", "all");
  ASSERT_TRUE(run({RawParameter::plain("newest", "0")}).ok());
  EXPECT_EQ(items(), (Texts{"van", "panes"}));
}

TEST_F(InCategoryStageTest, adds_what_the_marketplace_wants_when_no_category_is_named) {
  tell("van", "Moving");
  ASSERT_TRUE(run({RawParameter::plain("newest", "0")}).ok());
  EXPECT_EQ(reasons(), Texts{"popular"});
}

TEST_F(InCategoryStageTest, stays_silent_when_the_context_says_what_it_is_told) {
  tell("van", "Moving");
  say_in_context("pick", "tag/van");
  ASSERT_TRUE(run({RawParameter::plain("unless", "pick")}).ok());
  EXPECT_EQ(items(), Texts());
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts{"van"});
}

TEST_F(InCategoryStageTest, knows_no_market_without_tags) {
  say_in_context("market", "Ulm");
  EXPECT_EQ(run().message(), "market: which item is in which is known once tags are live, and none are");
}

}  // namespace
}  // namespace inkling::stages::recall::in_category
