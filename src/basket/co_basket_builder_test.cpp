#include "basket/co_basket_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "basket/purchases_for_test.h"

namespace inkling::basket {
namespace {

using testing::ElementsAre;

CoBasket built(const std::vector<Purchase>& purchases, std::int64_t end_day, const CoBasketOptions& options = {}) {
  CoBasketBuilder builder(options);
  for (const Purchase& purchase : purchases) builder.add(purchase);
  auto made = builder.build(end_day * base::kDayMs);
  EXPECT_TRUE(made.ok()) << made.status().message();
  return *std::move(made);
}

std::vector<std::set<std::uint64_t>> sets_of(const std::vector<Purchase>& purchases) {
  std::vector<std::set<std::uint64_t>> sets;
  for (const Purchase& purchase : purchases) {
    sets.emplace_back();
    for (const PurchaseLine& line : purchase.lines) sets.back().insert(line.item);
  }
  return sets;
}

std::uint32_t row_of(const CoBasket& statistics, std::uint64_t item) {
  return statistics.find(item).value();
}

using Matrix = std::vector<std::vector<double>>;

// Gauss and Jordan, without any library.
Matrix inverse(Matrix a) {
  const std::size_t n = a.size();
  Matrix b(n, std::vector<double>(n));
  for (std::size_t i = 0; i < n; ++i) b[i][i] = 1;
  for (std::size_t p = 0; p < n; ++p) {
    const double pivot = a[p][p];
    for (std::size_t j = 0; j < n; ++j) a[p][j] /= pivot, b[p][j] /= pivot;
    for (std::size_t i = 0; i < n; ++i) {
      const double factor = i == p ? 0 : a[i][p];
      for (std::size_t j = 0; j < n; ++j) a[i][j] -= factor * a[p][j], b[i][j] -= factor * b[p][j];
    }
  }
  return b;
}

TEST(CoBasketBuilder, counts_pairs_as_a_plain_loop_over_all_baskets_does) {
  const auto purchases = random_purchases(1, 400, 40);
  const CoBasket statistics = built(purchases, 400);
  std::map<std::pair<std::uint64_t, std::uint64_t>, float> pairs;
  for (const auto& basket : sets_of(purchases)) {
    for (const std::uint64_t x : basket) {
      for (const std::uint64_t y : basket) pairs[{x, y}] += x == y ? 0 : 1;
    }
  }
  std::size_t found = 0;
  for (std::uint32_t row = 0; row < statistics.item_count(); ++row) {
    const Neighbours neighbours = statistics.pairs(row);
    for (std::size_t i = 0; i < neighbours.rows.size(); ++i, ++found) {
      const auto pair = std::pair(statistics.item(row), statistics.item(neighbours.rows[i]));
      EXPECT_EQ(neighbours.values[i], pairs[pair]) << pair.first << " " << pair.second;
    }
  }
  const auto together = std::ranges::count_if(pairs, [](const auto& pair) { return pair.second > 0; });
  EXPECT_EQ(found, static_cast<std::size_t>(together));
}

TEST(CoBasketBuilder, keeps_the_partners_of_largest_cosine) {
  const auto purchases = random_purchases(2, 400, 40);
  CoBasketOptions options;
  options.max_neighbours = 3;
  const CoBasket all = built(purchases, 400), few = built(purchases, 400, options);
  for (std::uint32_t row = 0; row < all.item_count(); ++row) {
    const Neighbours every = all.pairs(row), kept = few.pairs(row);
    ASSERT_EQ(kept.rows.size(), std::min<std::size_t>(3, every.rows.size()));
    const auto cosine = [&](const Neighbours& list, std::size_t i) {
      return list.values[i] / std::sqrt(static_cast<float>(all.paired_baskets(list.rows[i])));
    };
    std::vector<float> best, ours;
    for (std::size_t i = 0; i < every.rows.size(); ++i) best.push_back(cosine(every, i));
    for (std::size_t i = 0; i < kept.rows.size(); ++i) ours.push_back(cosine(kept, i));
    std::ranges::sort(best, std::ranges::greater());
    std::ranges::sort(ours, std::ranges::greater());
    best.resize(ours.size());
    EXPECT_EQ(ours, best);
  }
}

TEST(CoBasketBuilder, solves_the_item_autoencoder) {
  const auto purchases = random_purchases(3, 300, 20);
  CoBasketOptions options;
  options.lambda = 10;
  const CoBasket statistics = built(purchases, 300, options);
  const std::size_t n = statistics.item_count();
  Matrix gram(n, std::vector<double>(n));
  for (std::size_t i = 0; i < n; ++i) gram[i][i] = 10;
  for (const auto& basket : sets_of(purchases)) {
    if (basket.size() < 2) continue;
    for (const std::uint64_t x : basket) {
      for (const std::uint64_t y : basket) gram[row_of(statistics, x)][row_of(statistics, y)] += 1;
    }
  }
  const Matrix p = inverse(gram);
  for (std::uint32_t x = 0; x < n; ++x) {
    const Neighbours weights = statistics.weights(x);
    std::size_t positive = 0;
    for (std::uint32_t y = 0; y < n; ++y) positive += x != y && -p[x][y] / p[y][y] > 1e-5 ? 1 : 0;
    EXPECT_NEAR(static_cast<double>(weights.rows.size()), static_cast<double>(positive), 1);
    for (std::size_t i = 0; i < weights.rows.size(); ++i) {
      const std::uint32_t y = weights.rows[i];
      EXPECT_NEAR(weights.values[i], -p[x][y] / p[y][y], 1e-4);
    }
  }
}

TEST(CoBasketBuilder, counts_demand_of_the_last_days_and_tells_the_median_price) {
  std::vector<Purchase> purchases = {purchase_of(1, 70, {5, 6}), purchase_of(2, 93, {5}),
                                     purchase_of(3, 95, {5, 5, 7})};
  purchases[0].lines[0].price_cents = 90;
  purchases[1].lines[0].price_cents = 300;
  purchases[2].lines[0].price_cents = 110;
  purchases[2].lines[1].price_cents = 9999;  // the same item again: does not count
  const CoBasket statistics = built(purchases, 100);
  const std::uint32_t row = row_of(statistics, 5);
  EXPECT_EQ(statistics.baskets(row).all, 3U);
  EXPECT_EQ(statistics.baskets(row).days_30, 2U);
  EXPECT_EQ(statistics.baskets(row).days_7, 1U);
  EXPECT_EQ(statistics.price_cents(row), 110);
  EXPECT_EQ(statistics.first_ms(row), 70 * base::kDayMs) << "thirty days ago is none of the last thirty";
  EXPECT_EQ(statistics.last_ms(row), 95 * base::kDayMs);
  EXPECT_EQ(statistics.basket_counts().all, 3U);
  EXPECT_EQ(statistics.basket_counts().days_30, 2U);
  EXPECT_EQ(statistics.paired_baskets(row), 2U) << "a basket of one item pairs nothing";
}

TEST(CoBasketBuilder, leaves_baskets_that_are_too_large_out_of_pairs_but_not_of_demand) {
  CoBasketOptions options;
  options.max_basket_items = 2;
  const CoBasket statistics = built({purchase_of(1, 0, {5, 6}), purchase_of(1, 1, {5, 7, 8})}, 2, options);
  const std::uint32_t row = row_of(statistics, 5);
  EXPECT_THAT(statistics.pairs(row).rows, ElementsAre(row_of(statistics, 6)));
  EXPECT_EQ(statistics.baskets(row).all, 2U);
}

TEST(CoBasketBuilder, knows_the_items_bought_most_when_there_are_too_many) {
  CoBasketOptions options;
  options.max_items = 2;
  const CoBasket statistics = built({purchase_of(1, 0, {9, 6, 3}), purchase_of(1, 1, {3, 9})}, 2, options);
  EXPECT_THAT(statistics.tensors().items, ElementsAre(3, 9));
  EXPECT_EQ(statistics.pairs(0).values[0], 2.0F);
}

TEST(CoBasketBuilder, forgets_the_oldest_baskets_when_there_are_too_many) {
  CoBasketOptions options;
  options.max_baskets = 8;
  std::vector<Purchase> purchases;
  for (std::uint64_t day = 0; day < 30; ++day)
    purchases.push_back(purchase_of(1, static_cast<int>(day), {day + 1, 100}));
  const CoBasket statistics = built(purchases, 30, options);
  EXPECT_LE(statistics.basket_counts().all, 8U);
  EXPECT_GE(statistics.basket_counts().all, 6U);
  EXPECT_FALSE(statistics.find(1).has_value());
  EXPECT_TRUE(statistics.find(30).has_value());
  EXPECT_EQ(statistics.baskets(row_of(statistics, 100)).all, statistics.basket_counts().all);
  EXPECT_EQ(statistics.price_cents(row_of(statistics, 30)), 3000) << "prices moved along with their lines";
}

TEST(CoBasketBuilder, gives_rare_items_pairs_but_no_weights) {
  CoBasketOptions options;
  options.max_autoencoder_items = 2;
  const CoBasket statistics =
      built({purchase_of(1, 0, {5, 6}), purchase_of(1, 1, {5, 6}), purchase_of(1, 2, {5, 7})}, 3, options);
  EXPECT_THAT(statistics.weights(row_of(statistics, 5)).rows, ElementsAre(row_of(statistics, 6)));
  EXPECT_TRUE(statistics.weights(row_of(statistics, 7)).rows.empty());
  EXPECT_EQ(statistics.pairs(row_of(statistics, 7)).rows.size(), 1U);
}

TEST(CoBasketBuilder, makes_the_same_arrays_from_the_same_purchases_and_none_from_nothing) {
  const auto purchases = random_purchases(4, 200, 30);
  const CoBasket first = built(purchases, 200), second = built(purchases, 200);
  EXPECT_EQ(first.tensors().pair_row, second.tensors().pair_row);
  EXPECT_EQ(first.tensors().weight, second.tensors().weight);
  EXPECT_EQ(built({}, 1).item_count(), 0U);
}

TEST(CoBasketBuilder, refuses_a_lambda_that_leaves_no_root) {
  CoBasketBuilder builder([] {
    CoBasketOptions options;
    options.lambda = 0;
    return options;
  }());
  builder.add(purchase_of(1, 0, {5, 6}));
  const auto made = builder.build(base::kDayMs);
  ASSERT_FALSE(made.ok()) << "two items that are always together have a singular matrix";
  EXPECT_THAT(made.status().message(), testing::HasSubstr("lambda"));
}

}  // namespace
}  // namespace inkling::basket
