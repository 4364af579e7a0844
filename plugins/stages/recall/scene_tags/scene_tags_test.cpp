#include <gtest/gtest.h>

#include <algorithm>

#include "base/core/clock.h"
#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::recall::scene_tags {

const scene::StageBlueprint& blueprint();

namespace {

using domain::ActionKind;
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

class SceneTagsStageTest : public scene::ShopTest {
 protected:
  SceneTagsStageTest() {
    set_tags(kTags);
    tell_post("van", "van", "Moving");
    tell_post("grand", "piano with lift", "Moving");
    tell_post("panes", "windows", "Cleaning");
  }
  base::Status run(const std::vector<RawParameter>& given = {}) {
    const base::Status status = ShopTest::run(blueprint(), given);
    for (scene::Candidate& each : exchange().slots.candidates) each.score = scene::recall_score(each, "scene_tags");
    scene::sort_by_score(exchange().slots);
    return status;
  }
  base::Status run_with(const std::string& popular, const std::string& profile, const std::string& live_intent) {
    return run({RawParameter::plain("popular", popular), RawParameter::plain("profile", profile),
                RawParameter::plain("live_intent", live_intent)});
  }
  void tell_post(const std::string& item, const std::string& title, const std::string& leaf,
                 const std::string& market = "Ulm") {
    domain::Item facts;
    facts.item = item;
    facts.title = title;
    facts.category = {"Home", leaf};
    facts.market = market;
    tell_item(std::move(facts));
  }
  void pick(const std::string& shopper, const std::string& id) {
    domain::Action action;
    action.action = ActionKind::kTagPick;
    action.item = id;
    act(shopper, action);
  }
  void search(const std::string& shopper, const std::string& query) {
    domain::Action action;
    action.action = ActionKind::kSearch;
    action.query = query;
    act(shopper, action);
  }
  void pause(std::int64_t ms) { now_ms_ += ms; }
  [[nodiscard]] bool offers(const std::string& id) const { return std::ranges::count(items(), id) == 1; }
  [[nodiscard]] std::string first() const { return items().empty() ? "" : items().front(); }
  [[nodiscard]] std::string reasons_of(const std::string& id) const {
    const Texts all = items();
    const auto at = std::ranges::find(all, id);
    return at == all.end() ? "not there" : reasons()[static_cast<std::size_t>(at - all.begin())];
  }
};

TEST_F(SceneTagsStageTest, offers_the_needs_scenes_and_tags_of_the_page) {
  say_in_context("category", "Moving");
  ASSERT_TRUE(run().ok());
  Texts found = items();
  std::ranges::sort(found);
  EXPECT_EQ(found,
            (Texts{"need/move a piano", "need/small move", "scene/first flat", "tag/lift", "tag/piano", "tag/van"}))
      << "but no need that no post serves";
}

TEST_F(SceneTagsStageTest, offers_what_kinds_of_the_category_have) {
  say_in_context("category", "Home");
  ASSERT_TRUE(run().ok());
  EXPECT_TRUE(offers("need/small move"));
  EXPECT_FALSE(offers("need/spring cleaning")) << "the graph does not say that cleaning is of the home";
}

TEST_F(SceneTagsStageTest, offers_nothing_on_a_page_that_the_graph_does_not_know) {
  say_in_context("category", "Gardening");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts());
}

TEST_F(SceneTagsStageTest, puts_first_whose_posts_are_in_demand) {
  say_in_context("category", "Moving");
  for (int i = 0; i < 5; ++i) view("bob", "grand");
  ASSERT_TRUE(run_with("1", "0", "0").ok());
  EXPECT_EQ(first(), "need/move a piano");
  EXPECT_EQ(reasons_of("need/move a piano"), "popular");
  EXPECT_GT(scene::recall_score(candidate(0), "scene_tags"), 0.8);
  EXPECT_LT(scene::recall_score(candidate(0), "scene_tags"), 1);
}

TEST_F(SceneTagsStageTest, listens_to_what_was_looked_at_in_this_visit) {
  say_in_context("category", "Moving");
  for (int i = 0; i < 5; ++i) view("bob", "van");
  view("ann", "grand");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(first(), "need/move a piano");
  EXPECT_EQ(reasons_of("need/move a piano"), "live_intent:piano, popular");
  EXPECT_EQ(reasons_of("need/small move"), "popular");
}

TEST_F(SceneTagsStageTest, takes_what_was_done_before_the_visit_for_profile) {
  say_in_context("category", "Moving");
  view("ann", "grand");
  pause(2 * base::kDayMs);
  ASSERT_TRUE(run_with("0", "1", "1").ok());
  EXPECT_EQ(reasons_of("need/move a piano"), "profile:piano");
  exchange().slots.candidates.clear();
  pause(-2 * base::kDayMs + 29 * base::kMinuteMs);
  ASSERT_TRUE(run_with("0", "1", "1").ok());
  EXPECT_EQ(reasons_of("need/move a piano"), "live_intent:piano");
}

// What every page has must not speak for itself because the shopper was on other pages.
TEST_F(SceneTagsStageTest, hears_nothing_of_other_pages) {
  set_tags(R"({"nodes": {"category/Moving": 0, "category/Cleaning": 0, "tag/cheap": 9},
    "edges": [["tag/cheap", "in_category", "category/Moving", 1], ["tag/cheap", "in_category", "category/Cleaning", 1]]})");
  tell_post("any", "cheap", "Moving");
  for (int i = 0; i < 9; ++i) view("ann", "panes", "Cleaning");
  say_in_context("category", "Moving");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(reasons_of("tag/cheap"), "popular");
}

TEST_F(SceneTagsStageTest, tells_visits_apart_by_silence) {
  say_in_context("category", "Moving");
  view("ann", "van");
  pause(31 * base::kMinuteMs);
  view("ann", "grand");
  ASSERT_TRUE(run_with("0", "1", "1").ok());
  EXPECT_EQ(reasons_of("need/move a piano"), "live_intent:piano");
  EXPECT_EQ(reasons_of("need/small move"), "profile:van");
}

TEST_F(SceneTagsStageTest, listens_to_a_pick_at_once) {
  say_in_context("category", "Moving");
  for (int i = 0; i < 5; ++i) view("bob", "van");
  view("ann", "van");
  pick("ann", "need/move a piano");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(first(), "need/move a piano");
  EXPECT_EQ(reasons_of("tag/piano"), "live_intent:piano, popular");
}

TEST_F(SceneTagsStageTest, listens_to_a_pick_told_by_the_tags_name_and_forgets_it_with_the_visit) {
  say_in_context("category", "Moving");
  domain::Action action;
  action.action = ActionKind::kTagPick;
  action.tag = "piano";
  act("ann", action);
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(reasons_of("tag/piano"), "live_intent:piano, popular");
  exchange().slots.candidates.clear();
  pause(31 * base::kMinuteMs);
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(reasons_of("tag/piano"), "popular");
}

TEST_F(SceneTagsStageTest, listens_to_what_was_searched_for_and_is_being_typed) {
  say_in_context("category", "Moving");
  search("ann", "who can move a piano");
  ASSERT_TRUE(run_with("0", "0", "1").ok());
  EXPECT_EQ(reasons_of("need/move a piano"), "live_intent:move a piano");
  exchange().slots.candidates.clear();
  request_.query = "a van please";
  ASSERT_TRUE(run_with("0", "0", "1").ok());
  EXPECT_EQ(reasons_of("need/small move"), "live_intent:van");
}

TEST_F(SceneTagsStageTest, finds_pages_by_demand_and_interest_where_none_is_named) {
  view("ann", "panes", "Cleaning");
  ASSERT_TRUE(run({RawParameter::plain("categories", "1")}).ok());
  EXPECT_TRUE(offers("need/spring cleaning")) << "of interest";
  EXPECT_EQ(reasons_of("need/spring cleaning"), "live_intent:Cleaning, popular, profile:Cleaning");
}

TEST_F(SceneTagsStageTest, counts_the_demand_of_the_market_that_was_asked_for) {
  say_in_context("category", "Moving");
  say_in_context("market", "Ulm");
  tell_post("far", "van", "Moving", "Bonn");
  for (int i = 0; i < 9; ++i) view("bob", "far");
  for (int i = 0; i < 3; ++i) view("bob", "grand");
  ASSERT_TRUE(run_with("1", "0", "0").ok());
  EXPECT_EQ(first(), "need/move a piano");
}

class UntaggedShopTest : public scene::ShopTest {};

TEST_F(UntaggedShopTest, has_nothing_to_pick) {
  EXPECT_EQ(run(blueprint()).message(), "no tags are live, so there is nothing to pick");
}

}  // namespace
}  // namespace inkling::stages::recall::scene_tags
