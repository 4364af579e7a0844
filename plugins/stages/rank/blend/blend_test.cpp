#include <gtest/gtest.h>

#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::rank::blend {

const scene::StageBlueprint& blueprint();

namespace {

using scene::RawParameter;

class BlendStageTest : public scene::ShopTest {
 protected:
  base::Status run(const std::vector<RawParameter>& given = {}) { return ShopTest::run(blueprint(), given); }
};

TEST_F(BlendStageTest, sums_what_the_recalls_said_each_divided_by_its_highest) {
  found("hat", "hot", 50);
  found("boots", "hot", 100);
  found("scarf", "similar", 0.2F);
  scene::CandidateAdder(exchange().slots, "similar").add("hat", 0.1F, {"similar_to", "cap"});
  ASSERT_TRUE(run({RawParameter::plain("hot", "1"), RawParameter::plain("similar", "2")}).ok());
  EXPECT_EQ(items(), (Texts{"scarf", "hat", "boots"}));
  EXPECT_FLOAT_EQ(candidate(0).score, 2);
  EXPECT_FLOAT_EQ(candidate(1).score, 0.5F + 2 * 0.5F);
  EXPECT_FLOAT_EQ(candidate(2).score, 1);
}

TEST_F(BlendStageTest, knows_recalls_of_other_names_too) {
  found("hat", "hot", 3);
  found("boots", "borrowed", 7);
  ASSERT_TRUE(run({RawParameter::plain("hot", "0.5"), RawParameter::plain("other", "0.75")}).ok());
  EXPECT_EQ(items(), (Texts{"boots", "hat"}));
  EXPECT_FLOAT_EQ(candidate(0).score, 0.75F);
}

TEST_F(BlendStageTest, counts_more_what_is_bought_most_of_what_is_shown) {
  for (const char* recall : {"newest", "recent", "similar", "fast_moving", "repurchase"}) found(recall, recall, 3);
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"repurchase", "fast_moving", "similar", "recent", "newest"}));
  EXPECT_FLOAT_EQ(candidate(0).score, 2);
}

TEST_F(BlendStageTest, keeps_the_order_of_equal_scores_and_scores_nothing_as_zero) {
  found("b", "hot", 0);
  found("a", "hot", 0);
  found("c", "hot", 0);
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"b", "a", "c"}));
  EXPECT_EQ(candidate(0).score, 0);
}

TEST_F(BlendStageTest, has_nothing_against_an_empty_list) {
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts());
}

TEST_F(BlendStageTest, refuses_a_weight_below_nothing) {
  EXPECT_EQ(run({RawParameter::plain("hot", "-1")}).message(),
            "hot: -1 is below 0; allowed is a number from 0 to 1000");
}

}  // namespace
}  // namespace inkling::stages::rank::blend
