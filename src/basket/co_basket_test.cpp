#include "basket/co_basket.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "basket/co_basket_builder.h"
#include "basket/purchases_for_test.h"

namespace inkling::basket {
namespace {

CoBasketTensors some_tensors() {
  CoBasketBuilder builder(CoBasketOptions{});
  for (const Purchase& purchase : random_purchases(1, 100, 10)) builder.add(purchase);
  return builder.build(100 * base::kDayMs)->tensors();
}

TEST(CoBasket, is_the_same_when_made_from_its_own_tensors) {
  const CoBasketTensors tensors = some_tensors();
  const auto made = CoBasket::make(tensors);
  ASSERT_TRUE(made.ok()) << made.status().message();
  EXPECT_EQ(made->time_ms(), 100 * base::kDayMs);
  EXPECT_EQ(made->basket_counts().all, 100U);
  for (std::uint32_t row = 0; row < made->item_count(); ++row) EXPECT_EQ(made->find(made->item(row)), row);
  EXPECT_FALSE(made->find(999).has_value());
  EXPECT_FALSE(CoBasket().find(1).has_value());
}

TEST(CoBasket, refuses_tensors_that_could_lead_astray_by_their_name) {
  struct Damage {
    const char* named;
    std::function<void(CoBasketTensors&)> make;
  };
  const std::vector<Damage> damages = {
      {"\"items\" does not increase", [](auto& tensors) { tensors.items[1] = tensors.items[0]; }},
      {"\"baskets_7d\" has 11 entries where 10", [](auto& tensors) { tensors.baskets_7d.push_back(1); }},
      {"\"price_cents\" has 0 entries", [](auto& tensors) { tensors.price_cents.clear(); }},
      {"\"pair_start\" has", [](auto& tensors) { tensors.pair_start.pop_back(); }},
      {"\"pair_start\" does not span", [](auto& tensors) { ++tensors.pair_start.back(); }},
      {"\"pair_start\" decreases", [](auto& tensors) { tensors.pair_start[1] = tensors.pair_start[3] + 1; }},
      {"\"pair_row\" is out of order or outside the items at entry 0", [](auto& t) { t.pair_row[0] = 10; }},
      {"\"pair_row\" is out of order or outside the items at entry 0", [](auto& t) { t.pair_row[0] = 0; }},
      {"\"pair_row\" is out of order", [](auto& tensors) { std::swap(tensors.pair_row[0], tensors.pair_row[1]); }},
      {"\"weight\" is not a number from 0 at entry 1",
       [](auto& tensors) { tensors.weight[1] = std::numeric_limits<float>::quiet_NaN(); }},
      {"\"weight\" has", [](auto& tensors) { tensors.weight.pop_back(); }},
      {"\"cycle_days\" is not a number", [](auto& tensors) { tensors.cycle_days[0] = -1; }},
      {"\"totals\" has 3 entries", [](auto& tensors) { tensors.totals.pop_back(); }},
      {"\"totals\" holds no numbers", [](auto& tensors) { tensors.totals[2] = -1; }}};
  for (const Damage& damage : damages) {
    CoBasketTensors tensors = some_tensors();
    damage.make(tensors);
    const auto made = CoBasket::make(std::move(tensors));
    ASSERT_FALSE(made.ok()) << damage.named;
    EXPECT_EQ(made.status().code(), base::ErrorCode::kCorrupt);
    EXPECT_THAT(made.status().message(), testing::HasSubstr(damage.named));
  }
}

}  // namespace
}  // namespace inkling::basket
