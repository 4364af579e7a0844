#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "base/core/random.h"
#include "scene/item_classes.h"
#include "scene/shop_for_test.h"

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

class WindowsStageTest : public scene::ShopTest {
 protected:
  using Kinds = std::array<std::string, scene::kClassKinds>;

  base::Status run(const std::vector<RawParameter>& given = {}) { return ShopTest::run(blueprint(), given); }

  // A price band each: prices lie far apart.
  void goods(const std::string& item, const std::string& leaf, const std::string& shop, int band) {
    tell_goods(item, leaf, shop,
               domain::Money{.cents = static_cast<std::int64_t>(std::pow(10, band)), .currency = {}});
    kinds_[item] = {leaf, shop, std::to_string(band)};
    found(kinds_.find(item)->first);  // candidates are views
  }
  void draw_goods(std::size_t count, base::Random& random) {
    for (std::size_t i = 0; i < count; ++i) {
      goods("item " + std::to_string(i), "leaf " + std::to_string(random.below(5)),
            "shop " + std::to_string(random.below(7)), 1 + static_cast<int>(random.below(4)));
    }
  }

  // The rule as it is told, over texts: at each place the first that fits, all caps kept at first, then one less ...
  Texts reference(const Texts& ranked, std::size_t window, const std::array<std::size_t, 3>& caps) {
    Texts left = ranked, page;
    relaxed_ = 0;
    while (!left.empty()) {
      for (std::size_t given = 0;; ++given) {
        const auto fits = [&](const std::string& item) {
          for (std::size_t kind = 0; kind < 3 - given; ++kind) {  // price_band gives way first, then shop
            if (caps[kind] > 0 && alike(page, window, kind, item) >= caps[kind]) return false;
          }
          return true;
        };
        const auto chosen = std::ranges::find_if(left, fits);
        if (chosen == left.end()) continue;
        relaxed_ += given > 0 ? 1 : 0;
        page.push_back(*chosen);
        left.erase(chosen);
        break;
      }
    }
    return page;
  }

  // How often the item's class stands among the last window - 1 of the page.
  std::size_t alike(const Texts& page, std::size_t window, std::size_t kind, const std::string& item) {
    std::size_t count = 0;
    for (std::size_t i = page.size() - std::min(page.size(), window - 1); i < page.size(); ++i) {
      count += kinds_[page[i]][kind] == kinds_[item][kind] ? 1 : 0;
    }
    return count;
  }

  std::map<std::string, Kinds> kinds_;
  std::size_t relaxed_ = 0;
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

TEST_F(WindowsStageTest, equals_the_plain_rule_and_never_breaks_a_cap_untold) {
  base::Random random(1);
  request_.trace = true;
  request_.size = 60;
  draw_goods(60, random);
  const Texts ranked = items();
  for (const std::size_t window : {2u, 4u, 6u, 9u}) {
    for (const std::array<std::size_t, 3> caps : {std::array<std::size_t, 3>{1, 1, 1}, {2, 2, 3}, {2, 0, 1}}) {
      exchange().slots.candidates.clear();
      exchange().notes.clear();
      for (const std::string& item : ranked) found(item);
      const auto status =
          run({set("window", std::to_string(window)), set("per_category", std::to_string(caps[0])),
               set("per_shop", std::to_string(caps[1])), set("per_price_band", std::to_string(caps[2]))});
      if (!status.ok()) continue;  // no cap binds in so short a window
      EXPECT_EQ(items(), reference(ranked, window, caps)) << window << " " << caps[0];
      EXPECT_EQ(exchange().notes.at(0) == "no cap relaxed", relaxed_ == 0) << exchange().notes.at(0);
    }
  }
}

TEST_F(WindowsStageTest, pages_joined_are_one_long_page) {
  base::Random random(2);
  draw_goods(60, random);
  const Texts ranked = items();
  const std::vector<RawParameter> given = {set("window", "6"), set("per_category", "1")};
  request_.size = 60;
  ASSERT_TRUE(run(given).ok());
  const Texts whole = items();
  exchange().slots.candidates.clear();
  exchange().slots.seen = scene::SeenItems();
  request_.size = 7;
  for (const std::string& item : ranked) found(item);
  Texts joined;
  while (!exchange().slots.candidates.empty()) {
    ASSERT_TRUE(run(given).ok());
    const Texts page = items();
    joined.insert(joined.end(), page.begin(), page.begin() + std::min<std::ptrdiff_t>(7, std::ssize(page)));
    turn_page(ranked);
  }
  EXPECT_EQ(joined, whole);
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
