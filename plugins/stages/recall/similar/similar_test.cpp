#include <gtest/gtest.h>

#include <cmath>

#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::recall::similar {

const scene::StageBlueprint& blueprint();

namespace {

using domain::ActionKind;
using scene::RawParameter;

class SimilarStageTest : public scene::ShopTest {
 protected:
  base::Status run(const std::vector<RawParameter>& given = {}) { return ShopTest::run(blueprint(), given); }
};

TEST_F(SimilarStageTest, adds_what_others_looked_at_in_the_same_visit) {
  for (const char* item : {"hat", "boots", "scarf", "tent"}) tell(item);
  for (const char* shopper : {"bob", "cem"}) {
    view(shopper, "hat");
    view(shopper, "scarf");
  }
  view("dan", "hat");
  view("dan", "boots");
  view("eve", "tent");
  view("ann", "hat");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"scarf", "boots"}));
  EXPECT_EQ(reasons(), (Texts{"similar_to:hat", "similar_to:hat"}));
  EXPECT_GT(scene::recall_score(candidate(0), "similar"), scene::recall_score(candidate(1), "similar"));
}

TEST_F(SimilarStageTest, adds_up_what_two_items_say_for_a_third_and_weighs_the_newest_most) {
  for (const char* item : {"hat", "boots", "scarf"}) tell(item);
  for (const char* seed : {"hat", "boots"}) {
    view(std::string("bob") + seed, seed);
    view(std::string("bob") + seed, "scarf");
  }
  view("ann", "boots");
  ASSERT_TRUE(run().ok());
  ASSERT_EQ(items(), Texts{"scarf"});
  const float one = scene::recall_score(candidate(0), "similar");
  exchange().slots.candidates.clear();
  now_ms_ += 2 * 3'600'000;  // another visit, so that boots and hat do not become a pair
  view("ann", "hat");
  ASSERT_TRUE(run().ok());
  ASSERT_EQ(items(), Texts{"scarf"});
  EXPECT_EQ(reasons(), Texts{"similar_to:hat"});
  EXPECT_NEAR(scene::recall_score(candidate(0), "similar"), one * (1 + std::exp2(-0.25F)), 0.02F);
}

TEST_F(SimilarStageTest, falls_back_to_the_category_of_an_item_that_nobody_else_looked_at) {
  tell("hat", "hats");
  tell("cap", "hats");
  tell("boots", "shoes");
  view("ann", "hat");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts{"cap"});
  EXPECT_EQ(reasons(), Texts{"same_kind_as:hat"});
}

TEST_F(SimilarStageTest, starts_from_no_more_items_than_it_is_told) {
  tell("hat", "hats");
  tell("cap", "hats");
  tell("boots", "shoes");
  tell("clogs", "shoes");
  view("ann", "boots");
  now_ms_ += 2 * 3'600'000;
  view("ann", "hat");
  ASSERT_TRUE(run({RawParameter::plain("seeds", "1")}).ok());
  EXPECT_EQ(items(), Texts{"cap"});
}

TEST_F(SimilarStageTest, gives_an_unknown_shopper_nothing) {
  tell("hat");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts());
}

}  // namespace
}  // namespace inkling::stages::recall::similar
