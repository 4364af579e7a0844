#include <gtest/gtest.h>

#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::filter::best {

const scene::StageBlueprint& blueprint();

namespace {

using scene::RawParameter;

class BestStageTest : public scene::ShopTest {
 protected:
  base::Status run(const std::vector<RawParameter>& given) {
    scene::sort_by_score(exchange().slots);
    return ShopTest::run(blueprint(), given);
  }
};

TEST_F(BestStageTest, keeps_the_first_of_the_order_in_that_order) {
  for (const char* item : {"hat", "boots", "scarf"}) found(item);
  exchange().slots.candidates[0].score = 1;
  exchange().slots.candidates[1].score = 3;
  exchange().slots.candidates[2].score = 2;
  ASSERT_TRUE(run({RawParameter::plain("keep", "2")}).ok());
  EXPECT_EQ(items(), (Texts{"boots", "scarf"}));
}

TEST_F(BestStageTest, keeps_all_when_there_are_fewer) {
  found("hat");
  found("boots");
  ASSERT_TRUE(run({RawParameter::plain("keep", "3")}).ok());
  EXPECT_EQ(items(), (Texts{"hat", "boots"}));
}

TEST_F(BestStageTest, must_be_told_how_many_to_keep) {
  EXPECT_NE(run({}).message().find("keep"), std::string::npos);
  EXPECT_NE(run({RawParameter::plain("keep", "0")}).message().find("keep"), std::string::npos);
}

}  // namespace
}  // namespace inkling::stages::filter::best
