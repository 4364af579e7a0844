#include <gtest/gtest.h>

#include <cmath>

#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::recall::carries_tag {

const scene::StageBlueprint& blueprint();

namespace {

using scene::RawParameter;

constexpr const char* kTags = R"({
  "nodes": {"category/Home": 0, "category/Moving": 0, "category/Cleaning": 0, "tag/van": 40, "tag/lift": 30, "tag/piano": 9,
            "tag/windows": 20, "need/small move": 50, "need/move a piano": 8, "need/spring cleaning": 30,
            "need/unheard of": 99, "scene/first flat": 4},
  "edges": [["tag/van", "in_category", "category/Moving", 1], ["tag/lift", "in_category", "category/Moving", 0.8],
            ["tag/piano", "in_category", "category/Moving", 0.5], ["tag/windows", "in_category", "category/Cleaning", 1],
            ["category/Moving", "hyponym", "category/Home", 1],
            ["need/small move", "need_of", "category/Moving", 1], ["need/move a piano", "need_of", "category/Moving", 1],
            ["need/unheard of", "need_of", "category/Moving", 1],
            ["need/spring cleaning", "need_of", "category/Cleaning", 1],
            ["need/small move", "served_by", "tag/van", 0.9], ["need/move a piano", "served_by", "tag/piano", 1],
            ["need/move a piano", "served_by", "tag/lift", 0.4],
            ["need/spring cleaning", "served_by", "tag/windows", 0.8],
            ["tag/van", "similar", "tag/lift", 0.5], ["tag/van", "shown_in", "scene/first flat", 0.7]]})";

class CarriesTagStageTest : public scene::ShopTest {
 protected:
  base::Status run(const std::string& pick, const std::vector<RawParameter>& given = {}) {
    say_in_context("pick", pick);
    return ShopTest::run(blueprint(), given);
  }
  void tell_post(const std::string& item, const std::string& title, const std::string& leaf = "Moving",
                 const std::string& market = "Ulm") {
    domain::Item facts;
    facts.item = item;
    facts.title = title;
    facts.category = {"Home", leaf};
    facts.market = market;
    tell_item(std::move(facts));
  }
};

TEST_F(CarriesTagStageTest, finds_who_carries_what_serves_a_need_the_rarer_the_better) {
  set_tags(kTags);
  for (const char* item : {"v1", "v2", "v3"}) tell_post(item, "van");
  tell_post("l1", "lift");
  tell_post("l2", "lift, van");
  tell_post("grand", "piano with lift");
  ASSERT_TRUE(run("need/move a piano").ok());
  EXPECT_EQ(items(), (Texts{"grand", "l2", "l1"})) << "of equals the one told last";
  EXPECT_EQ(reasons(), (Texts{"carries_tag:piano", "carries_tag:lift", "carries_tag:lift"}));
  const double piano = std::log1p(6.0 / 1), lift = 0.4 * std::log1p(6.0 / 3);
  EXPECT_NEAR(scene::recall_score(candidate(0), "carries_tag"), piano + lift, 1e-5);
  EXPECT_NEAR(scene::recall_score(candidate(1), "carries_tag"), lift, 1e-5);
}

TEST_F(CarriesTagStageTest, finds_who_is_shown_in_a_scene) {
  set_tags(kTags);
  tell_post("v1", "van");
  tell_post("l1", "lift");
  ASSERT_TRUE(run("scene/first flat").ok());
  EXPECT_EQ(items(), Texts{"v1"});
}

TEST_F(CarriesTagStageTest, finds_a_tags_own_posts_and_then_those_of_similar_tags) {
  set_tags(kTags);
  tell_post("l1", "lift");
  tell_post("v1", "van");
  ASSERT_TRUE(run("tag/van").ok());
  EXPECT_EQ(items(), (Texts{"v1", "l1"}));
  EXPECT_EQ(reasons(), (Texts{"carries_tag:van", "carries_tag:lift"}));
}

TEST_F(CarriesTagStageTest, takes_similar_tags_for_nothing_when_told_so) {
  set_tags(kTags);
  tell_post("l1", "lift");
  tell_post("v1", "van");
  ASSERT_TRUE(run("tag/van", {RawParameter::plain("alike", "0")}).ok());
  EXPECT_EQ(items(), Texts{"v1"});
}

TEST_F(CarriesTagStageTest, fills_its_quota_from_the_page_that_was_asked_for) {
  set_tags(kTags);
  tell_post("far", "piano and lift", "Moving", "Bonn");
  tell_post("panes", "lift", "Cleaning");
  tell_post("near", "lift");
  say_in_context("market", "Ulm");
  say_in_context("category", "Moving");
  ASSERT_TRUE(run("need/move a piano", {RawParameter::plain("quota", "1")}).ok());
  EXPECT_EQ(items(), Texts{"near"});
}

TEST_F(CarriesTagStageTest, finds_nothing_behind_what_the_graph_does_not_have) {
  request_.trace = true;
  set_tags(kTags);
  tell_post("v1", "van");
  ASSERT_TRUE(run("need/fly").ok());
  EXPECT_EQ(items(), Texts());
  EXPECT_EQ(exchange().notes, Texts{"the graph has no \"need/fly\""});
}

TEST_F(CarriesTagStageTest, adds_nothing_without_a_pick_and_fails_without_tags) {
  tell_post("v1", "van");
  ASSERT_TRUE(ShopTest::run(blueprint()).ok());
  EXPECT_EQ(items(), Texts());
  EXPECT_EQ(run("tag/van").message(), "pick: no tags are live, so nothing is behind \"tag/van\"");
}

}  // namespace
}  // namespace inkling::stages::recall::carries_tag
