#include <gtest/gtest.h>

#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::recall::title {

const scene::StageBlueprint& blueprint();

namespace {

using domain::ActionKind;
using scene::RawParameter;

class TitleStageTest : public scene::ShopTest {
 protected:
  TitleStageTest() {
    tell_title("a", "Red running shoes");
    now_ms_ += 1000;
    tell_title("b", "Red shoes");
    now_ms_ += 1000;
    tell_title("c", "Blue shoes");
    now_ms_ += 1000;
    tell_title("d", "Green shoes");
  }
  base::Status run(const std::string& query, const std::vector<RawParameter>& given = {}) {
    request_.query = query;
    return ShopTest::run(blueprint(), given);
  }
};

TEST_F(TitleStageTest, adds_what_fits_the_closest_first) {
  ASSERT_TRUE(run("red shoes").ok());
  EXPECT_EQ(items(), (Texts{"b", "a"}));
  EXPECT_EQ(reasons(), (Texts{"in_title", "in_title"}));
  EXPECT_EQ(scene::recall_score(candidate(0), "title"), 1.0F);
  EXPECT_EQ(scene::recall_score(candidate(1), "title"), 2.0F / 3);
}

TEST_F(TitleStageTest, prefers_the_popular_among_equals_and_then_the_newer) {
  act("bob", ActionKind::kPurchase, "b");
  ASSERT_TRUE(run("shoes -running").ok());
  EXPECT_EQ(items(), (Texts{"b", "d", "c"}));
}

TEST_F(TitleStageTest, leaves_out_what_cannot_be_bought) {
  tell_title("b", "Red shoes", false);
  ASSERT_TRUE(run("red shoes").ok());
  EXPECT_EQ(items(), Texts{"a"});
}

TEST_F(TitleStageTest, an_empty_query_asks_for_what_is_popular_and_new) {
  act("bob", ActionKind::kPurchase, "a");
  ASSERT_TRUE(run("  ").ok());
  ASSERT_EQ(items().size(), 4U);
  EXPECT_EQ(items().front(), "a");
  EXPECT_EQ(reasons().front(), "popular");
}

TEST_F(TitleStageTest, a_query_that_only_excludes_asks_for_the_rest) {
  ASSERT_TRUE(run("-red").ok());
  EXPECT_EQ(items().size(), 2U);
}

TEST_F(TitleStageTest, nothing_that_fits_is_no_failure) {
  ASSERT_TRUE(run("umbrella").ok());
  EXPECT_TRUE(items().empty());
}

TEST_F(TitleStageTest, keeps_to_its_quota) {
  ASSERT_TRUE(run("shoes", {RawParameter::plain("quota", "2")}).ok());
  EXPECT_EQ(items().size(), 2U);
}

TEST_F(TitleStageTest, says_in_the_trace_how_many_fit) {
  request_.trace = true;
  ASSERT_TRUE(run("shoes").ok());
  EXPECT_EQ(exchange().notes, Texts{"4 titles fit"});
}

}  // namespace
}  // namespace inkling::stages::recall::title
