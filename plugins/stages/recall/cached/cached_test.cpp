#include <gtest/gtest.h>

#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::recall::cached {

const scene::StageBlueprint& blueprint();

namespace {

using domain::ActionKind;
using scene::RawParameter;

constexpr const char* kSpend300 = R"({"tiers": [{"spend_cents": 30000, "save_cents": 5000}]})";

class CachedStageTest : public scene::ShopTest {
 protected:
  void SetUp() override {
    tell_priced("coat", 26'000);
    tell_priced("sock", 4000);
    tell_priced("hat", 4500);
    act("ann", ActionKind::kCartAdd, "coat");
    promise("spend-300", kSpend300);
    exchange().cache = &cache_;
    exchange().scene = "add-on";
    exchange().now_ms = now_ms_;
  }
  // A full answer for the present cart.
  void answer(const std::vector<std::string>& items) {
    understand_need();
    for (const std::string& item : items) {
      found(item);
      exchange().slots.candidates.back().score = 0.25F;
    }
    scene::keep_answer(exchange());
    exchange().slots.candidates.clear();
  }
  base::Status run(const std::vector<RawParameter>& given = {}) {
    understand_need();
    return ShopTest::run(blueprint(), given);
  }
  scene::AnswerCache cache_{100, 60'000};
};

TEST_F(CachedStageTest, adds_what_an_earlier_answer_showed) {
  answer({"hat", "sock", "never told"});
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"hat", "sock"})) << "what the world does not know is left out";
  EXPECT_EQ(reasons(), (Texts{"answered_before", "answered_before"}));
  EXPECT_FLOAT_EQ(scene::recall_score(candidate(0), "cached"), 0.25F);
}

TEST_F(CachedStageTest, adds_no_more_than_its_quota) {
  answer({"hat", "sock"});
  ASSERT_TRUE(run({RawParameter::plain("quota", "1")}).ok());
  EXPECT_EQ(items(), Texts{"hat"});
}

TEST_F(CachedStageTest, fails_when_no_answer_is_kept_for_this_gap) {
  EXPECT_EQ(run().message(), "no answer is cached for this promotion and gap");
  answer({"hat"});
  act("ann", ActionKind::kCartAdd, "sock");  // reaches the step
  act("ann", ActionKind::kCartRemove, "coat");
  EXPECT_EQ(run().message(), "no answer is cached for this promotion and gap");
}

TEST_F(CachedStageTest, fails_when_the_answer_is_too_old) {
  answer({"hat"});
  now_ms_ += 60'000;
  EXPECT_EQ(run().message(), "no answer is cached for this promotion and gap");
}

TEST_F(CachedStageTest, fails_where_nothing_is_cached) {
  exchange().cache = nullptr;
  EXPECT_EQ(run().message(), "no answers are cached here");
}

}  // namespace
}  // namespace inkling::stages::recall::cached
