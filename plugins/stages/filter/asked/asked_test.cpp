#include <gtest/gtest.h>

#include "scene/shop_for_test.h"

namespace inkling::stages::filter::asked {

const scene::StageBlueprint& blueprint();

namespace {

class AskedStageTest : public scene::ShopTest {
 protected:
  base::Status run() { return ShopTest::run(blueprint()); }
  void tell_post(std::string_view item, const std::string& leaf, const std::string& market) {
    domain::Item facts;
    facts.item = item;
    facts.category = {"Home", leaf};
    facts.market = market;
    tell_item(std::move(facts));
    found(item);
  }
};

TEST_F(AskedStageTest, drops_what_is_not_on_this_page) {
  set_tags(R"({"nodes": {}, "edges": []})");
  tell_post("van", "Moving", "Ulm");
  tell_post("far", "Moving", "Bonn");
  tell_post("anywhere", "Moving", "");
  tell_post("panes", "Cleaning", "Ulm");
  found("never told");
  say_in_context("category", "Moving");
  say_in_context("market", "Ulm");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts{"van"});
}

TEST_F(AskedStageTest, drops_only_what_was_never_told_when_no_page_is_named) {
  tell_post("van", "Moving", "Ulm");
  found("never told");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts{"van"});
}

TEST_F(AskedStageTest, knows_no_market_without_tags) {
  tell_post("van", "Moving", "Ulm");
  say_in_context("market", "Ulm");
  EXPECT_FALSE(run().ok());
}

}  // namespace
}  // namespace inkling::stages::filter::asked
