#include <gtest/gtest.h>

#include <cmath>

#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::recall::shares_tag {

const scene::StageBlueprint& blueprint();

namespace {

using scene::RawParameter;

constexpr const char* kTags =
    R"({"nodes": {"tag/van": 1, "tag/lift": 1, "tag/piano": 1, "tag/helpers": 1}, "edges": []})";

class SharesTagStageTest : public scene::ShopTest {
 protected:
  base::Status run(const std::string& item, const std::vector<RawParameter>& given = {}) {
    say_in_context("item", item);
    return ShopTest::run(blueprint(), given);
  }
  void tell_post(const std::string& item, const std::string& title, const std::string& leaf = "Moving",
                 const std::string& market = "Ulm", bool on_sale = true) {
    domain::Item facts;
    facts.item = item;
    facts.title = title;
    facts.category = {"Home", leaf};
    facts.market = market;
    facts.on_sale = on_sale;
    tell_item(std::move(facts));
  }
};

TEST_F(SharesTagStageTest, finds_who_shares_tags_by_the_cosine_of_their_idf) {
  set_tags(kTags);
  tell_post("seed", "van piano");
  tell_post("both", "piano, van");
  tell_post("one", "van, lift");
  tell_post("rare", "piano lift helpers");
  tell_post("none", "lift");
  ASSERT_TRUE(run("seed").ok());
  EXPECT_EQ(items(), (Texts{"both", "one", "rare"}));
  EXPECT_EQ(reasons(), (Texts{"shares_tag:piano", "shares_tag:van", "shares_tag:piano"}));
  const double van = std::log1p(5.0 / 3), piano = std::log1p(5.0 / 3), lift = std::log1p(5.0 / 3);
  EXPECT_NEAR(scene::recall_score(candidate(0), "shares_tag"), 1, 1e-5);
  EXPECT_NEAR(scene::recall_score(candidate(1), "shares_tag"),
              van * van / (std::hypot(van, piano) * std::hypot(van, lift)), 1e-5);
}

TEST_F(SharesTagStageTest, stays_in_the_category_unless_told_otherwise) {
  set_tags(kTags);
  tell_post("seed", "van");
  tell_post("rent", "van", "Rental");
  ASSERT_TRUE(run("seed").ok());
  EXPECT_EQ(items(), Texts());
  ASSERT_TRUE(run("seed", {RawParameter::plain("same_category", "false")}).ok());
  EXPECT_EQ(items(), Texts{"rent"});
}

TEST_F(SharesTagStageTest, stays_in_the_market_that_was_asked_for) {
  set_tags(kTags);
  tell_post("seed", "van");
  tell_post("far", "van", "Moving", "Bonn");
  tell_post("near", "van");
  say_in_context("market", "Ulm");
  ASSERT_TRUE(run("seed").ok());
  EXPECT_EQ(items(), Texts{"near"});
}

TEST_F(SharesTagStageTest, starts_from_a_post_that_is_gone_and_never_leads_to_one) {
  set_tags(kTags);
  tell_post("seed", "van", "Moving", "Ulm", false);
  tell_post("gone", "van", "Moving", "Ulm", false);
  tell_post("here", "van");
  ASSERT_TRUE(run("seed").ok());
  EXPECT_EQ(items(), Texts{"here"});
}

TEST_F(SharesTagStageTest, keeps_its_quota_and_shows_the_more_wanted_of_equals) {
  set_tags(kTags);
  for (const char* item : {"seed", "a", "b", "c"}) tell_post(item, "van");
  view("bob", "a");
  ASSERT_TRUE(run("seed", {RawParameter::plain("quota", "2")}).ok());
  EXPECT_EQ(items(), (Texts{"a", "c"}));
}

TEST_F(SharesTagStageTest, knows_nothing_of_a_post_without_tags) {
  request_.trace = true;
  set_tags(kTags);
  tell_post("seed", "nothing of it");
  tell_post("a", "van");
  ASSERT_TRUE(run("seed").ok());
  EXPECT_EQ(items(), Texts());
  EXPECT_EQ(exchange().notes, Texts{"no tags are known of item \"seed\""});
}

TEST_F(SharesTagStageTest, fails_without_tags) {
  EXPECT_EQ(run("seed").message(), "item: no tags are live, so nothing shares any");
}

}  // namespace
}  // namespace inkling::stages::recall::shares_tag
