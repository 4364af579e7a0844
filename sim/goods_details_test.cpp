#include "sim/goods_details.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/core/hash.h"
#include "sim/catalogue.h"
#include "sim/event_log.h"

namespace inkling::sim {
namespace {

std::string value_of(const domain::Item& item, const std::string& name) {
  for (const auto& [key, value] : item.attributes) {
    if (key == name) return value;
  }
  return {};
}

TEST(GoodsDetails, are_what_a_page_of_a_shop_shows) {
  const MarketplaceOptions options = small_options();
  const Catalogue catalogue(options);
  std::set<std::string> brands;
  std::set<std::string> colours;
  for (std::uint32_t i = 0; i < options.items; ++i) {
    const domain::Item item = catalogue.item(i);
    for (const char* name : {"brand", "colour", "material", "weight", "rating", "rating_count"}) {
      EXPECT_NE(value_of(item, name), "") << item.item << " " << name;
    }
    const double rating = std::stod(value_of(item, "rating"));
    EXPECT_GE(rating, 3.0);
    EXPECT_LE(rating, 5.0);
    EXPECT_GE(std::stoi(value_of(item, "rating_count")), 3);
    EXPECT_THAT(value_of(item, "weight"), testing::MatchesRegex("[0-9]+ g"));
    EXPECT_THAT(item.text, testing::HasSubstr(value_of(item, "brand")));
    EXPECT_GT(item.stock, 0) << "nothing is ever sold out here: that would change what shoppers do";
    brands.insert(value_of(item, "brand"));
    colours.insert(value_of(item, "colour"));
  }
  EXPECT_GT(brands.size(), 5U);
  EXPECT_GT(colours.size(), 5U);
}

TEST(GoodsDetails, follow_from_the_seed_and_the_goods_alone) {
  MarketplaceOptions options = small_options();
  const domain::Item item = Catalogue(options).item(7);
  options.items = 50;
  EXPECT_EQ(Catalogue(options).item(7), item);
  options.seed = 2;
  EXPECT_NE(Catalogue(options).item(7).attributes, item.attributes);
}

// Computed before goods had details: what shoppers do is the same, event by event.
TEST(GoodsDetails, change_nothing_that_shoppers_do) {
  std::string text;
  for (const auto& event : all_events(small_options())) text += text_of(event) + "\n";
  EXPECT_EQ(base::name_hash(text), 9'640'610'446'920'566'088U);
}

}  // namespace
}  // namespace inkling::sim
