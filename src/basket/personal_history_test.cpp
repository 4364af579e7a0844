#include "basket/personal_history.h"

#include <gtest/gtest.h>

#include "basket/purchases_for_test.h"

namespace inkling::basket {
namespace {

using Items = std::vector<std::uint64_t>;

TEST(PersonalHistory, counts_each_item_once_a_basket_and_fades_with_every_later_basket) {
  PersonalHistory history;
  history.add(purchase_at(100, {7, 3, 7}));
  history.add(purchase_at(200, {3}));
  history.add(purchase_at(300, {9}));
  EXPECT_EQ(history.basket_count(), 3U);
  const PersonalItem& seven = *history.find(7);
  EXPECT_EQ(seven.purchases, 1U);
  EXPECT_NEAR(history.faded_count(seven), 0.64, 1e-6);
  const PersonalItem& three = *history.find(3);
  EXPECT_EQ(three.purchases, 2U);
  EXPECT_EQ(three.first_ms, 100);
  EXPECT_EQ(three.last_ms, 200);
  EXPECT_NEAR(history.faded_count(three), 0.64 + 0.8, 1e-6);
  EXPECT_NEAR(history.faded_count(*history.find(9)), 1, 1e-6);
  EXPECT_EQ(history.find(8), nullptr);
}

TEST(PersonalHistory, is_not_changed_by_a_basket_of_nothing) {
  PersonalHistory history;
  history.add(purchase_at(100, {7}));
  history.add(purchase_at(200, {}));
  EXPECT_EQ(history.basket_count(), 1U);
}

TEST(PersonalHistory, keeps_the_items_that_were_bought_last) {
  PersonalHistory history;
  for (std::uint64_t basket = 0; basket < 3; ++basket) {
    Items items;
    for (std::uint64_t i = 0; i < 1000; ++i) items.push_back(1 + 1000 * basket + i);
    history.add(purchase_at(static_cast<std::int64_t>(basket), items));
  }
  EXPECT_EQ(history.items().size(), kMaxPersonalItems);
  EXPECT_NE(history.find(2500), nullptr);
  EXPECT_NE(history.find(1001), nullptr);
  std::size_t oldest = 0;
  for (const PersonalItem& item : history.items()) oldest += item.last_basket == 0 ? 1 : 0;
  EXPECT_EQ(oldest, kMaxPersonalItems - 2000);
}

}  // namespace
}  // namespace inkling::basket
