#include <gtest/gtest.h>

#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::recall::recent {

const scene::StageBlueprint& blueprint();

namespace {

using domain::ActionKind;
using scene::RawParameter;

class RecentStageTest : public scene::ShopTest {
 protected:
  base::Status run(const std::vector<RawParameter>& given = {}) { return ShopTest::run(blueprint(), given); }
};

TEST_F(RecentStageTest, adds_what_the_shopper_looked_at_and_did_not_buy) {
  for (const char* item : {"hat", "boots", "scarf"}) tell(item);
  view("ann", "boots");
  act("ann", ActionKind::kCartAdd, "scarf");
  view("ann", "hat");
  act("ann", ActionKind::kPurchase, "boots");
  view("bob", "boots");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"hat", "scarf"}));
  EXPECT_EQ(reasons(), (Texts{"seen_recently", "seen_recently"}));
  EXPECT_EQ(scene::recall_score(candidate(0), "recent"), 1.0F);
  EXPECT_EQ(scene::recall_score(candidate(1), "recent"), 1.5F) << "a cart counts three, the second place half";
}

TEST_F(RecentStageTest, passes_over_what_cannot_be_bought_without_using_up_its_quota) {
  tell("hat");
  tell("sold out", "shoes", true, 0);
  view("ann", "hat");
  view("ann", "sold out");
  view("ann", "never told");
  ASSERT_TRUE(run({RawParameter::plain("quota", "1")}).ok());
  EXPECT_EQ(items(), Texts{"hat"});
}

TEST_F(RecentStageTest, gives_an_unknown_shopper_nothing) {
  tell("hat");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts());
}

}  // namespace
}  // namespace inkling::stages::recall::recent
