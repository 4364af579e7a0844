#include <gtest/gtest.h>

#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::recall::hot {

const scene::StageBlueprint& blueprint();

namespace {

using domain::ActionKind;
using scene::RawParameter;

class HotStageTest : public scene::ShopTest {
 protected:
  base::Status run(const std::vector<RawParameter>& given = {}) { return ShopTest::run(blueprint(), given); }
};

TEST_F(HotStageTest, gives_an_unknown_shopper_what_the_whole_marketplace_wants) {
  for (const char* item : {"hat", "boots", "scarf"}) tell(item);
  view("bob", "boots");
  act("bob", ActionKind::kCartAdd, "scarf");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"scarf", "boots", "hat"}));
  EXPECT_EQ(reasons(), (Texts{"popular", "popular", "popular"}));
  EXPECT_NEAR(scene::recall_score(candidate(0), "hot"), 4, 1e-4);
  EXPECT_EQ(scene::recall_score(candidate(2), "hot"), 0);
}

TEST_F(HotStageTest, adds_what_is_popular_in_the_categories_that_the_shopper_likes) {
  tell("hat", "hats");
  tell("cap", "hats");
  tell("boots", "shoes");
  tell("scarf", "scarves");
  for (int i = 0; i < 3; ++i) view("bob", "boots");
  view("bob", "cap");
  view("ann", "old hat", "hats");
  ASSERT_TRUE(run({RawParameter::plain("overall", "1")}).ok());
  EXPECT_EQ(items(), (Texts{"cap", "hat", "boots"}));
  EXPECT_EQ(reasons(), (Texts{"popular_in:hats", "popular_in:hats", "popular"}));
}

TEST_F(HotStageTest, starts_from_the_strongest_interests_and_keeps_its_quotas) {
  for (const char* item : {"a1", "a2", "a3"}) tell(item, "a");
  for (const char* item : {"b1", "b2", "b3"}) tell(item, "b");
  for (const char* item : {"c1", "c2", "c3"}) tell(item, "c");
  view("ann", "x", "a");
  for (int i = 0; i < 2; ++i) view("ann", "x", "b");
  for (int i = 0; i < 3; ++i) view("ann", "x", "c");
  ASSERT_TRUE(run({RawParameter::plain("overall", "0"), RawParameter::plain("categories", "2"),
                   RawParameter::plain("per_category", "2")})
                  .ok());
  EXPECT_EQ(items(), (Texts{"c1", "c2", "b1", "b2"}));
}

TEST_F(HotStageTest, counts_twice_what_is_popular_both_ways) {
  tell("hat", "hats");
  view("bob", "hat");
  view("ann", "x", "hats");
  ASSERT_TRUE(run().ok());
  ASSERT_EQ(items(), Texts{"hat"});
  EXPECT_NEAR(scene::recall_score(candidate(0), "hot"), 2, 1e-4);
  EXPECT_EQ(reasons(), Texts{"popular_in:hats"});
}

TEST_F(HotStageTest, finds_nothing_where_nothing_is_on_sale) {
  tell("hat", "hats", false);
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts());
}

TEST_F(HotStageTest, refuses_more_items_than_a_snapshot_lists) {
  EXPECT_EQ(run({RawParameter::plain("overall", "501")}).message(),
            "overall: 501 is above 500; allowed is a whole number from 0 to 500 (items)");
}

}  // namespace
}  // namespace inkling::stages::recall::hot
