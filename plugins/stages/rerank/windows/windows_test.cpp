#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "scene/goods_for_test.h"

namespace inkling::stages::rerank::windows {

const scene::StageBlueprint& blueprint();

namespace {

using scene::RawParameter;

RawParameter set(const std::string& name, const std::string& value) {
  return RawParameter::plain(name, value);
}
RawParameter relax(std::vector<std::string> names) {
  return {"relax", RawParameter::Shape::kList, std::move(names)};
}
const RawParameter kOneCategory = set("per_category", "1");
const RawParameter kAnyShop = set("per_shop", "0");
const RawParameter kAnyPrice = set("per_price_band", "0");

class WindowsStageTest : public scene::GoodsTest {
 protected:
  using Caps = std::array<std::size_t, scene::kClassKinds>;

  base::Status run(const std::vector<RawParameter>& given = {}) { return ShopTest::run(blueprint(), given); }

  // A price band each: prices lie far apart.
  void goods(const char* item, const std::string& leaf, const std::string& shop, int band) {
    tell_goods(item, leaf, shop,
               domain::Money{.cents = static_cast<std::int64_t>(std::pow(10, band)), .currency = {}});
    found(item);
  }

  static bool breaks(const Goods& goods, const std::vector<Goods>& before, std::size_t kind, const Caps& caps) {
    const auto alike = [&](const Goods& other) { return other.classes.of[kind] == goods.classes.of[kind]; };
    return caps[kind] > 0 && static_cast<std::size_t>(std::ranges::count_if(before, alike)) >= caps[kind];
  }
  // Of kinds that give way in the order price band, shop, category: how many have to.
  static int caps_in_the_way(const Goods& goods, const std::vector<Goods>& before, const Caps& caps) {
    for (std::size_t kind = 0; kind < scene::kClassKinds; ++kind) {
      if (breaks(goods, before, kind, caps)) return static_cast<int>(scene::kClassKinds - kind);
    }
    return 0;
  }
  // Places of the page that break a cap.
  int broken_places(const Texts& page, std::size_t window, const Caps& caps) {
    std::vector<Goods> before;
    int broken = 0;
    for (const std::string& item : page) {
      const Goods& goods = *std::ranges::find(goods_, item, &Goods::item);
      broken += caps_in_the_way(goods, before, caps) > 0 ? 1 : 0;
      before.push_back(goods);
      if (before.size() == window) before.erase(before.begin());
    }
    return broken;
  }
};

TEST_F(WindowsStageTest, passes_over_what_would_break_a_cap_and_comes_back_to_it_first) {
  goods("a1", "a", "s1", 1);
  goods("a2", "a", "s2", 2);
  goods("b1", "b", "s3", 3);
  goods("c1", "c", "s4", 4);
  ASSERT_TRUE(run({kOneCategory, set("window", "2")}).ok());
  EXPECT_EQ(items(), (Texts{"a1", "b1", "a2", "c1"}));
}

TEST_F(WindowsStageTest, caps_shops_and_price_bands_as_well) {
  goods("a1", "a", "s1", 1);
  goods("b1", "b", "s1", 2);
  goods("c1", "c", "s2", 1);
  goods("d1", "d", "s2", 3);
  ASSERT_TRUE(run({set("per_shop", "1"), set("per_price_band", "1"), set("window", "2")}).ok());
  EXPECT_EQ(items(), (Texts{"a1", "d1", "b1", "c1"})) << "b1 is of a1's shop, c1 of its band";
}

TEST_F(WindowsStageTest, relaxes_the_caps_in_the_stated_order_and_tells) {
  request_.trace = true;
  goods("a1", "a", "s1", 1);
  goods("a2", "a", "s2", 2);
  goods("b1", "b", "s1", 1);
  const std::vector<RawParameter> caps = {kOneCategory, set("per_shop", "1"), set("per_price_band", "1"),
                                          set("window", "2")};
  ASSERT_TRUE(run(caps).ok());
  EXPECT_EQ(items(), (Texts{"a1", "b1", "a2"})) << "band and shop give way before the category";
  EXPECT_EQ(exchange().notes, Texts{"relaxed up to shop at 1 places"});
  exchange().notes.clear();
  exchange().slots.candidates.clear();
  for (const char* item : {"a1", "a2", "b1"}) found(item);
  auto other = caps;
  other.push_back(relax({"category", "shop", "price_band"}));
  ASSERT_TRUE(run(other).ok());
  EXPECT_EQ(items(), (Texts{"a1", "a2", "b1"}));
  EXPECT_EQ(exchange().notes, Texts{"relaxed up to category at 1 places"});
}

TEST_F(WindowsStageTest, what_is_not_known_breaks_no_cap) {
  for (const char* item : {"x", "y", "z"}) found(item);
  ASSERT_TRUE(run({kOneCategory, set("window", "2")}).ok());
  EXPECT_EQ(items(), (Texts{"x", "y", "z"}));
}

TEST_F(WindowsStageTest, equals_the_plain_rule_and_breaks_no_cap_untold) {
  draw_goods(60, 1);
  request_.trace = true;
  int relaxed = 0, kept = 0;
  for (const std::size_t window : {3u, 4u, 6u, 9u}) {
    for (const Caps& caps : {Caps{1, 1, 1}, Caps{2, 2, 3}, Caps{2, 0, 1}, Caps{0, 2, 0}}) {
      exchange().notes.clear();
      const auto page = one_page(
          blueprint(), {set("window", std::to_string(window)), set("per_category", std::to_string(caps[0])),
                        set("per_shop", std::to_string(caps[1])), set("per_price_band", std::to_string(caps[2]))});
      const auto value = [&](const Goods& goods, const std::vector<Goods>& before) {
        return -caps_in_the_way(goods, before, caps);
      };
      EXPECT_EQ(page, by_rule(window, value)) << window << " " << caps[0];
      const bool told = exchange().notes.at(0) != "no cap relaxed";
      EXPECT_EQ(told, broken_places(page, window, caps) > 0) << exchange().notes.at(0);
      told ? ++relaxed : ++kept;
    }
  }
  EXPECT_TRUE(relaxed > 0 && kept > 0) << "else only half of it was tried";
}

TEST_F(WindowsStageTest, pages_joined_are_one_long_page) {
  draw_goods(60, 2);
  const std::vector<RawParameter> given = {set("window", "6"), set("per_category", "1")};
  EXPECT_EQ(pages_joined(blueprint(), given, 7), one_page(blueprint(), given));
}

TEST_F(WindowsStageTest, refuses_what_would_change_nothing_and_half_an_order) {
  EXPECT_EQ(run({set("window", "2"), set("per_category", "2"), kAnyShop, kAnyPrice}).message(),
            "window: no cap lies from 1 to below 2, so none would change the order of anything");
  EXPECT_EQ(run({relax({"shop", "category"})}).message(),
            "relax: 2 names given; each of category, shop and price_band stands there once");
  EXPECT_EQ(run({relax({"shop", "shop", "category"})}).message(),
            "relax: 3 names given, without price_band; each of category, shop and price_band stands there once");
}

}  // namespace
}  // namespace inkling::stages::rerank::windows
