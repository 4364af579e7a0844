#include "scene/asked_page.h"

#include "scene/shop_for_test.h"

namespace inkling::scene {
namespace {

class AskedPageTest : public ShopTest {
 protected:
  void tell_post(const std::string& item, const std::string& leaf, const std::string& market) {
    domain::Item facts;
    facts.item = item;
    facts.category = {"Home", leaf};
    facts.market = market;
    tell_item(std::move(facts));
  }
  [[nodiscard]] std::string held() {
    publish();
    const auto page = AskedPage::make(exchange());
    if (!page.ok()) return page.status().message();
    std::string all;
    for (std::uint32_t row = 0; row < world().item_count(); ++row) {
      if (page->holds(row)) all += world().facts(row).item + " ";
    }
    return all;
  }
};

TEST_F(AskedPageTest, holds_what_is_in_the_category_and_the_market) {
  set_tags(R"({"nodes": {}, "edges": []})");
  tell_post("van", "Moving", "Ulm");
  tell_post("lift", "Moving", "Bonn");
  tell_post("panes", "Cleaning", "Ulm");
  EXPECT_EQ(held(), "van lift panes ");
  say_in_context("market", "Ulm");
  EXPECT_EQ(held(), "van panes ");
  say_in_context("category", "Moving");
  EXPECT_EQ(held(), "van ");
}

TEST_F(AskedPageTest, holds_what_is_below_a_category) {
  tell_post("van", "Moving", "");
  say_in_context("category", "Home");
  EXPECT_EQ(held(), "van ");
}

TEST_F(AskedPageTest, knows_no_market_without_tags) {
  tell_post("van", "Moving", "Ulm");
  say_in_context("market", "Ulm");
  EXPECT_EQ(held(), "market: which item is in which is known once tags are live, and none are");
}

}  // namespace
}  // namespace inkling::scene
