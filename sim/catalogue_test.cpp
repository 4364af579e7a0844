#include "sim/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "sim/event_log.h"

namespace inkling::sim {
namespace {

TEST(Catalogue, items_have_readable_names_two_level_categories_and_plausible_prices) {
  const MarketplaceOptions options = small_options();
  const Catalogue catalogue(options);
  ASSERT_EQ(catalogue.goods().size(), options.items);
  for (std::uint32_t i = 0; i < options.items; ++i) {
    const domain::Item item = catalogue.item(i);
    ASSERT_EQ(item.category.size(), 2u);
    EXPECT_NE(item.title.find(item.category[1]), std::string::npos) << item.title;
    ASSERT_TRUE(item.price.has_value());
    EXPECT_EQ(item.price->currency, "EUR");
    EXPECT_GE(item.price->cents, 99);
    EXPECT_LT(item.price->cents, 500'000);
  }
}

TEST(Catalogue, price_median_of_a_leaf_is_near_its_usual_price) {
  MarketplaceOptions options;
  options.items = 20'000;
  const Catalogue catalogue(options);
  std::vector<std::int64_t> prices;
  for (const auto& goods : catalogue.goods()) {
    if (goods.leaf == 3) prices.push_back(goods.price_cents);
  }
  std::sort(prices.begin(), prices.end());
  const double usual_cents = static_cast<double>(leaf_categories()[3].usual_price_cents);
  EXPECT_NEAR(static_cast<double>(prices[prices.size() / 2]) / usual_cents, 1.0, 0.1);
  EXPECT_GT(prices[prices.size() * 9 / 10], 3 * prices[prices.size() / 10] / 2);
}

TEST(Catalogue, few_goods_are_looked_at_most) {
  MarketplaceOptions options;
  options.items = 4000;  // 100 a leaf
  const Catalogue catalogue(options);
  base::Random random(5);
  std::vector<int> picked(options.items, 0);
  for (int i = 0; i < 20'000; ++i) ++picked[catalogue.pick(7, random)];
  const std::uint32_t first = 7;
  const std::uint32_t tenth = 7 + 9 * kLeafCount;
  // Zipf with exponent 0.9: the first is 10^0.9 = 7.9 times as popular as the tenth.
  EXPECT_NEAR(static_cast<double>(picked[first]) / picked[tenth], 7.9, 1.6);
  EXPECT_EQ(picked[first + 1], 0) << "goods of another leaf";
}

TEST(Catalogue, fewer_items_than_leaves_leave_some_leaves_out) {
  MarketplaceOptions options;
  options.items = 3;
  const Catalogue catalogue(options);
  EXPECT_EQ(catalogue.leaves(), (std::vector<std::uint32_t>{0, 1, 2}));
  base::Random random(1);
  EXPECT_EQ(catalogue.pick(2, random), 2u);
}

}  // namespace
}  // namespace inkling::sim
