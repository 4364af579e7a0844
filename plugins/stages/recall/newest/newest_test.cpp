#include <gtest/gtest.h>

#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::recall::newest {

const scene::StageBlueprint& blueprint();

namespace {

using domain::ActionKind;
using scene::RawParameter;

class NewestStageTest : public scene::ShopTest {
 protected:
  base::Status run(const std::vector<RawParameter>& given = {}) { return ShopTest::run(blueprint(), given); }
};

TEST_F(NewestStageTest, adds_what_was_told_last) {
  for (const char* item : {"old", "newer", "newest"}) {
    now_ms_ += 1000;
    tell(item);
  }
  act("bob", ActionKind::kPurchase, "old");
  ASSERT_TRUE(run({RawParameter::plain("quota", "2")}).ok());
  EXPECT_EQ(items(), (Texts{"newest", "newer"}));
  EXPECT_EQ(reasons(), (Texts{"new", "new"}));
  EXPECT_EQ(scene::recall_score(candidate(0), "newest"), 1.0F);
  EXPECT_EQ(scene::recall_score(candidate(1), "newest"), 0.5F);
}

TEST_F(NewestStageTest, leaves_out_what_left) {
  tell("kept");
  now_ms_ += 1000;
  tell("gone");
  tell("gone", "shoes", false);
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts{"kept"});
}

TEST_F(NewestStageTest, refuses_a_quota_of_nothing) {
  EXPECT_EQ(run({RawParameter::plain("quota", "0")}).message(),
            "quota: 0 is below 1; allowed is a whole number from 1 to 500 (items)");
}

}  // namespace
}  // namespace inkling::stages::recall::newest
