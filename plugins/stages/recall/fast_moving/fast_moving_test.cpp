#include <gtest/gtest.h>

#include "base/core/clock.h"
#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::recall::fast_moving {

const scene::StageBlueprint& blueprint();

namespace {

using domain::ActionKind;
using scene::RawParameter;

class FastMovingStageTest : public scene::ShopTest {
 protected:
  base::Status run(const std::vector<RawParameter>& given = {}) { return ShopTest::run(blueprint(), given); }
  void buy(const std::string& item, int times) {
    for (int i = 0; i < times; ++i) act("bob", ActionKind::kPurchase, item);
  }
  // Both sold as often in all; one of them lately.
  void sell_over_a_year() {
    for (const char* item : {"evergreen", "trend"}) tell_priced(item, 4000);
    for (int week = 0; week < 52; ++week) {
      now_ms_ += 7 * base::kDayMs;
      buy("evergreen", 1);
    }
    buy("trend", 52);
  }
};

TEST_F(FastMovingStageTest, adds_what_sells_faster_than_it_used_to_and_not_what_always_sells) {
  sell_over_a_year();
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts{"trend"});
  EXPECT_EQ(reasons(), Texts{"selling_fast"});
  // 52 sold now, a quarter of them expected: (52 - 13) / sqrt(13 + 1).
  const float gain = 39 / std::sqrt(14.0F);
  EXPECT_NEAR(scene::recall_score(candidate(0), "fast_moving"), gain / (1 + gain), 1e-4);
}

TEST_F(FastMovingStageTest, adds_what_has_just_come_the_newest_first) {
  tell("old");
  now_ms_ += 14 * base::kDayMs;
  tell("week");
  now_ms_ += 7 * base::kDayMs;
  tell("today");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"today", "week"}));
  EXPECT_EQ(reasons(), (Texts{"fresh", "fresh"}));
  EXPECT_FLOAT_EQ(scene::recall_score(candidate(0), "fast_moving"), 0.5F);
  EXPECT_FLOAT_EQ(scene::recall_score(candidate(1), "fast_moving"), 0.25F);
}

TEST_F(FastMovingStageTest, keeps_its_quotas_and_its_least_gain) {
  sell_over_a_year();
  for (const char* item : {"new", "newer"}) tell(item);
  buy("new", 9);
  ASSERT_TRUE(run({RawParameter::plain("quota", "1"), RawParameter::plain("fresh", "1")}).ok());
  EXPECT_EQ(items(), (Texts{"trend", "new"})) << "of what came at the same moment the first told counts";
  exchange().slots.candidates.clear();
  ASSERT_TRUE(run({RawParameter::plain("least_gain", "5"), RawParameter::plain("fresh", "0")}).ok());
  EXPECT_EQ(items(), Texts{"trend"}) << "9 new sales are 3.7 above";
}

TEST_F(FastMovingStageTest, adds_only_what_completes_the_basket_where_something_is_missing) {
  sell_over_a_year();
  tell_priced("coat", 26'000);
  tell_priced("fresh but short", 3999);
  tell_priced("fresh", 4000);
  tell_priced("dear", 6001);
  buy("dear", 60);
  act("ann", ActionKind::kCartAdd, "coat");
  promise("spend-300", R"({"tiers": [{"spend_cents": 30000, "save_cents": 5000}]})");
  understand_need();
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"trend", "fresh"}));
}

TEST_F(FastMovingStageTest, refuses_a_day_of_nothing) {
  EXPECT_EQ(run({RawParameter::plain("fresh_days", "0")}).message(),
            "fresh_days: 0 is below 1; allowed is a whole number from 1 to 365 (days)");
}

}  // namespace
}  // namespace inkling::stages::recall::fast_moving
