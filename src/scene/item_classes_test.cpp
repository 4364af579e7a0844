#include "scene/item_classes.h"

#include "base/core/hash.h"
#include "scene/shop_for_test.h"

namespace inkling::scene {
namespace {

domain::Money cents(std::int64_t amount) {
  return {.cents = amount, .currency = {}};
}

class ItemClassesTest : public ShopTest {
 protected:
  // As a stage sees them.
  PageClasses classes(std::size_t before) {
    class Nothing final : public Stage {
      base::Status run(Exchange&) const override { return {}; }
    };
    const StageBlueprint publish{.name = "nothing", .make = [](const Parameters&) {
                                   return base::Result<std::unique_ptr<Stage>>(std::make_unique<Nothing>());
                                 }};
    EXPECT_TRUE(run(publish).ok());
    return classes_of_page(exchange(), PriceBands(2), before);
  }
};

TEST_F(ItemClassesTest, are_the_leaf_the_shop_and_the_price_band) {
  tell_goods("hat", "hats", "ann's", cents(1000));
  found("hat");
  const ItemClasses hat = classes(0).candidates.at(0);
  EXPECT_EQ(hat.of, (std::array{base::name_hash("hats"), base::name_hash("ann's"), std::uint64_t{10}}))
      << "1000 cents lie from 512 to 1023, the tenth band";
}

TEST_F(ItemClassesTest, what_is_not_known_is_in_no_class) {
  tell_goods("bare", "", "", std::nullopt);
  found("bare");
  found("never told");
  const PageClasses page = classes(0);
  EXPECT_EQ(page.candidates, (std::vector<ItemClasses>(2)));
  EXPECT_EQ(similarity(page.candidates[0], page.candidates[1]), 0);
}

TEST_F(ItemClassesTest, a_sku_is_sold_by_the_shop_of_its_goods) {
  domain::Item sku;
  sku.item = "hat, red";
  sku.kind = domain::ItemKind::kSku;
  sku.parent = "hat";
  tell_goods("hat", "hats", "ann's", cents(1000));
  tell_item(sku);
  sku.item = "orphan";
  sku.parent = "never told";
  tell_item(sku);
  found("hat, red");
  found("orphan");
  const PageClasses page = classes(0);
  EXPECT_EQ(page.candidates[0].of[1], base::name_hash("ann's"));
  EXPECT_EQ(page.candidates[1].of[1], 0U);
}

TEST_F(ItemClassesTest, the_newest_items_of_the_pages_before_come_back_from_their_marks) {
  for (const char* item : {"a", "b", "c"}) tell_goods(item, item, "", std::nullopt);
  exchange().slots.seen = SeenItems();
  for (const char* item : {"a", "never told", "c"}) exchange().slots.seen->add(item);
  const PageClasses page = classes(2);
  ASSERT_EQ(page.before.size(), 2U);
  EXPECT_EQ(page.before[0], ItemClasses());
  EXPECT_EQ(page.before[1].of[0], base::name_hash("c"));
  EXPECT_EQ(classes(9).before.size(), 3U);
}

TEST(PriceBandsTest, hold_prices_within_one_ratio_and_part_others) {
  const PriceBands bands(1.5);
  EXPECT_EQ(bands.band(0), bands.band(1));
  for (std::int64_t low = 1; low < 100'000'000; low = low * 3 / 2 + 1) {
    EXPECT_LE(bands.band(low), bands.band(low + 1));
    EXPECT_NE(bands.band(low), bands.band(low * 16 / 10 + 1)) << low;
  }
  EXPECT_EQ(bands.band(9'000'000'000'000'000'000), bands.band(8'000'000'000'000'000'000)) << "one band above all";
}

TEST(SimilarityTest, adds_the_shares_of_what_both_have) {
  const ItemClasses a{{1, 2, 3}}, b{{1, 9, 3}}, none;
  EXPECT_DOUBLE_EQ(similarity(a, a), 1);
  EXPECT_DOUBLE_EQ(similarity(a, b), 0.7);
  EXPECT_DOUBLE_EQ(similarity(none, none), 0);
}

}  // namespace
}  // namespace inkling::scene
