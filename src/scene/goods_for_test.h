// Drawn goods with classes and scores, and pages of them, for the tests of stages that spread what is alike.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/core/hash.h"
#include "base/core/random.h"
#include "scene/item_classes.h"
#include "scene/shop_for_test.h"

namespace inkling::scene {

class GoodsTest : public ShopTest {
 protected:
  struct Goods {
    std::string item;
    ItemClasses classes;  // price bands by their number here; only equality counts
    float score = 0;
  };

  // Bands lie a factor of 10 apart.
  void draw_goods(std::size_t count, std::uint64_t seed) {
    base::Random random(seed);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string leaf = "leaf " + std::to_string(random.below(4));
      const std::string shop = "shop " + std::to_string(random.below(5));
      const std::uint64_t band = 1 + random.below(4);
      const auto cents = static_cast<std::int64_t>(std::pow(10, static_cast<double>(band)));
      goods_.push_back({"item " + std::to_string(i),
                        {{base::name_hash(leaf), base::name_hash(shop), band}},
                        1 - static_cast<float>(i) / static_cast<float>(count)});
      tell_goods(goods_.back().item, leaf, shop, domain::Money{.cents = cents, .currency = {}});
    }
  }
  // All of them that were not seen are found, best first.
  void find_goods() {
    exchange().slots.candidates.clear();
    for (const Goods& goods : goods_) {
      if (exchange().slots.seen && exchange().slots.seen->hold(goods.item)) continue;
      found(goods.item);
      exchange().slots.candidates.back().score = goods.score;
    }
  }
  Texts one_page(const StageBlueprint& stage, const std::vector<RawParameter>& given) {
    request_.size = static_cast<std::int64_t>(goods_.size());
    find_goods();
    EXPECT_TRUE(run(stage, given).ok());
    return items();
  }
  Texts pages_joined(const StageBlueprint& stage, const std::vector<RawParameter>& given, std::int64_t size) {
    request_.size = size;
    Texts joined;
    SeenItems seen;
    for (exchange().slots.seen = seen, find_goods(); !items().empty(); find_goods()) {
      EXPECT_TRUE(run(stage, given).ok());
      Texts page = items();
      page.resize(std::min(page.size(), static_cast<std::size_t>(size)));
      for (const std::string& item : page) seen.add(item);
      exchange().slots.seen = *SeenItems::parse(seen.cursor());
      joined.insert(joined.end(), page.begin(), page.end());
    }
    exchange().slots.seen.reset();
    return joined;
  }

  // The page by a plain rule: value(goods, those shown in the window before, oldest first), highest first.
  template <typename Value>
  Texts by_rule(std::size_t window, const Value& value) {
    std::vector<Goods> left = goods_, shown;
    Texts page;
    while (!left.empty()) {
      const auto first = shown.end() - static_cast<std::ptrdiff_t>(std::min(shown.size(), window - 1));
      const std::vector<Goods> before(first, shown.end());
      const auto best = std::ranges::max_element(left, {}, [&](const Goods& goods) { return value(goods, before); });
      page.push_back(best->item);
      shown.push_back(*best);
      left.erase(best);
    }
    return page;
  }

  std::vector<Goods> goods_;
};

}  // namespace inkling::scene
