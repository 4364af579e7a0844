#include <gtest/gtest.h>

#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::filter::on_sale {

const scene::StageBlueprint& blueprint();

namespace {

using domain::ActionKind;
using scene::RawParameter;

class OnSaleStageTest : public scene::ShopTest {
 protected:
  base::Status run(const std::vector<RawParameter>& given = {}) { return ShopTest::run(blueprint(), given); }
};

TEST_F(OnSaleStageTest, drops_what_cannot_be_bought) {
  tell("hat");
  tell("gone", "shoes", false);
  tell("sold out", "shoes", true, 0);
  tell("last one", "shoes", true, 1);
  for (const char* item : {"hat", "gone", "sold out", "last one", "never told"}) found(item);
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"hat", "last one"}));
}

TEST_F(OnSaleStageTest, drops_what_the_shopper_bought_lately) {
  tell("hat");
  tell("soap");
  act("ann", ActionKind::kPurchase, "soap");
  act("bob", ActionKind::kPurchase, "hat");
  found("hat");
  found("soap");
  now_ms_ += 14 * base::kDayMs - 1;
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts{"hat"});
  found("soap");
  now_ms_ += 1;
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"hat", "soap"})) << "two weeks later it may be wanted again";
}

TEST_F(OnSaleStageTest, may_show_at_once_what_was_bought) {
  tell("soap");
  act("ann", ActionKind::kPurchase, "soap");
  found("soap");
  ASSERT_TRUE(run({RawParameter::plain("bought_days", "0")}).ok());
  EXPECT_EQ(items(), Texts{"soap"});
}

TEST_F(OnSaleStageTest, drops_a_pair_when_one_of_it_would_be_dropped) {
  tell("hat");
  tell("gone", "shoes", false);
  tell("soap");
  act("ann", ActionKind::kPurchase, "soap");
  for (const char* with : {"gone", "soap", "never told", "hat"}) {
    found("hat");
    exchange().slots.candidates.back().with = with;
  }
  ASSERT_TRUE(run().ok());
  ASSERT_EQ(items(), Texts{"hat"});
  EXPECT_EQ(candidate(0).with, "hat");
}

TEST_F(OnSaleStageTest, notes_what_it_dropped_when_traced) {
  request_.trace = true;
  tell("soap");
  act("ann", ActionKind::kPurchase, "soap");
  found("soap");
  found("never told");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(exchange().notes, Texts{"dropped 1 not on sale or out of stock, 1 bought lately"});
}

}  // namespace
}  // namespace inkling::stages::filter::on_sale
