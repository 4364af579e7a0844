#include "index/price_slab.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "base/core/allocation_count_test.h"
#include "base/core/random.h"
#include "math/vector_ops.h"

namespace inkling::index {
namespace {

struct Goods {
  std::size_t dim = 1;
  std::vector<float> values;
  std::vector<std::int64_t> prices_cents;

  [[nodiscard]] std::size_t rows() const { return prices_cents.size(); }
  [[nodiscard]] std::span<const float> vector(std::size_t row) const {
    return std::span(values).subspan(row * dim, dim);
  }
  [[nodiscard]] PriceSlab slab() const { return *PriceSlab::build({dim, values, prices_cents}); }
};

// Clusters, so that many rows lie close to the best; few prices, so that many are equal.
Goods drawn_goods(std::size_t rows, std::size_t dim, base::Random& random) {
  Goods goods{.dim = dim, .values = {}, .prices_cents = {}};
  for (std::size_t row = 0; row < rows; ++row) {
    base::Random centre = base::Random::stream(9, random.below(7));
    for (std::size_t i = 0; i < dim; ++i) {
      goods.values.push_back(static_cast<float>(centre.normal() + 0.3 * random.normal()));
    }
    goods.prices_cents.push_back(static_cast<std::int64_t>(std::exp(random.normal()) * 100));
  }
  return goods;
}

std::vector<float> drawn_vectors(std::size_t count, std::size_t dim, base::Random& random) {
  std::vector<float> vectors(count * dim);
  for (float& entry : vectors) entry = static_cast<float>(random.normal());
  return vectors;
}

bool has_bit(std::span<const std::uint64_t> bits, std::size_t row) {
  return bits.empty() || (bits[row / 64] >> row % 64 & 1) != 0;
}

// The definition: math::dot with every row of the band.
std::vector<SlabHit> brute_force(const Goods& goods, const SlabSearch& search, std::size_t query) {
  std::vector<SlabHit> hits;
  for (std::size_t row = 0; row < goods.rows(); ++row) {
    const std::int64_t price = goods.prices_cents[row];
    if (price < search.band.low_cents || price > search.band.high_cents || !has_bit(search.admissible, row)) continue;
    const float score = math::dot(goods.vector(row), search.queries.subspan(query * goods.dim, goods.dim));
    hits.push_back({static_cast<std::uint32_t>(row), score, price});
  }
  std::ranges::sort(hits, [](const SlabHit& a, const SlabHit& b) {
    return a.score != b.score ? a.score > b.score : a.row < b.row;
  });
  hits.resize(std::min(hits.size(), search.k));
  return hits;
}

std::string text_of(std::span<const SlabHit> hits) {
  std::string text;
  for (const SlabHit& hit : hits) text += std::to_string(hit.row) + ":" + std::to_string(hit.score) + " ";
  return text;
}

void expect_exact(const Goods& goods, const PriceSlab& slab, const SlabSearch& search, SlabWorkspace& workspace) {
  const base::Status status = slab.search(search, workspace);
  ASSERT_TRUE(status.ok()) << status.message();
  for (std::size_t q = 0; q < search.queries.size() / goods.dim; ++q) {
    const auto expected = brute_force(goods, search, q);
    const auto found = workspace.hits(q);
    EXPECT_TRUE(std::ranges::equal(found, expected)) << text_of(found) << "\nexpected\n" << text_of(expected);
  }
}

TEST(PriceSlabTest, finds_what_brute_force_finds_bit_for_bit) {
  base::Random random(1);
  SlabWorkspace workspace;
  for (const std::size_t dim : {1u, 2u, 7u, 64u, 130u}) {
    const Goods goods = drawn_goods(3000, dim, random);
    const PriceSlab slab = goods.slab();
    for (int trial = 0; trial < 30; ++trial) {
      const auto low = static_cast<std::int64_t>(random.below(200));
      const auto queries = drawn_vectors(1 + random.below(5), dim, random);
      const PriceBand band{low, low + static_cast<std::int64_t>(random.below(200))};
      expect_exact(goods, slab, {queries, band, 1 + random.below(40), {}}, workspace);
    }
  }
}

TEST(PriceSlabTest, multiplies_few_rows_in_float) {
  base::Random random(2);
  const Goods goods = drawn_goods(20'000, 64, random);
  const PriceSlab slab = goods.slab();
  SlabWorkspace workspace;
  expect_exact(goods, slab, {drawn_vectors(1, 64, random), {0, 1'000'000}, 10, {}}, workspace);
  EXPECT_EQ(workspace.slab_rows(), 20'000U);
  EXPECT_LT(workspace.scored_rows(), 1'000U);
}

TEST(PriceSlabTest, includes_both_ends_of_the_band) {
  const Goods goods{.dim = 1, .values = {1, 2, 3, 4, 5}, .prices_cents = {10, 20, 30, 40, 30}};
  const PriceSlab slab = goods.slab();
  SlabWorkspace workspace;
  const std::vector<float> query = {1};
  ASSERT_TRUE(slab.search({query, {20, 30}, 5, {}}, workspace).ok());
  EXPECT_TRUE(std::ranges::equal(workspace.hits(0), std::vector<SlabHit>{{4, 5, 30}, {2, 3, 30}, {1, 2, 20}}));
  EXPECT_EQ(slab.count({20, 30}), 3U);
  ASSERT_TRUE(slab.search({query, {41, 50}, 5, {}}, workspace).ok());
  EXPECT_TRUE(workspace.hits(0).empty());
}

TEST(PriceSlabTest, equal_scores_stand_by_row) {
  Goods goods{.dim = 3, .values = {}, .prices_cents = {}};
  for (std::int64_t row = 0; row < 100; ++row) {
    goods.values.insert(goods.values.end(), {1, 2, 3});
    goods.prices_cents.push_back(1000 - row);  // places run against rows
  }
  SlabWorkspace workspace;
  ASSERT_TRUE(goods.slab().search({goods.vector(0), {0, 2000}, 3, {}}, workspace).ok());
  EXPECT_TRUE(std::ranges::equal(workspace.hits(0), std::vector<SlabHit>{{0, 14, 1000}, {1, 14, 999}, {2, 14, 998}}));
}

TEST(PriceSlabTest, finds_only_what_is_admissible) {
  base::Random random(3);
  const Goods goods = drawn_goods(2000, 16, random);
  std::vector<std::uint64_t> on_sale((goods.rows() + 63) / 64);
  for (std::uint64_t& word : on_sale) word = random.next() & random.next();
  SlabWorkspace workspace;
  for (int trial = 0; trial < 20; ++trial) {
    expect_exact(goods, goods.slab(), {drawn_vectors(2, 16, random), {20, 300}, 10, on_sale}, workspace);
  }
}

// Nothing tells such rows apart in the first pass, so more wait for their product than there is room for.
TEST(PriceSlabTest, stays_exact_where_codes_tell_nothing_apart) {
  base::Random random(4);
  Goods goods{.dim = 8, .values = {}, .prices_cents = {}};
  for (int row = 0; row < 20'000; ++row) {
    for (int i = 0; i < 8; ++i) goods.values.push_back(1 + 1e-6f * static_cast<float>(random.normal()));
    goods.prices_cents.push_back(static_cast<std::int64_t>(random.below(1000)));
  }
  const PriceSlab slab = goods.slab();
  SlabWorkspace workspace;
  expect_exact(goods, slab, {drawn_vectors(1, 8, random), {0, 1000}, 10, {}}, workspace);
  expect_exact(goods, slab, {std::vector<float>(8, 0.0f), {0, 1000}, 10, {}}, workspace);
}

TEST(PriceSlabTest, stays_exact_over_all_magnitudes) {
  base::Random random(5);
  Goods goods = drawn_goods(1000, 9, random);
  for (std::size_t row = 0; row < goods.rows(); ++row) {
    const double factor = std::exp(random.uniform(-60, 15)) * (row % 11 == 0 ? 0 : 1);
    for (std::size_t i = 0; i < 9; ++i) goods.values[row * 9 + i] *= static_cast<float>(factor);
  }
  const PriceSlab slab = goods.slab();
  SlabWorkspace workspace;
  for (const float factor : {1e-38f, 1e-22f, 1e-12f, 1.0f, 1e8f}) {
    auto queries = drawn_vectors(4, 9, random);
    for (float& entry : queries) entry *= factor;
    expect_exact(goods, slab, {queries, {0, 1000}, 50, {}}, workspace);
  }
}

// Their products are too small for a float, so all score 0 and stand by row, though codes tell them apart.
TEST(PriceSlabTest, takes_scores_that_underflow_as_equal) {
  Goods goods{.dim = 1, .values = {}, .prices_cents = {}};
  for (int row = 0; row < 50; ++row) {
    goods.values.push_back(1e-24f * static_cast<float>(1 + row));
    goods.prices_cents.push_back(row);
  }
  SlabWorkspace workspace;
  expect_exact(goods, goods.slab(), {std::vector<float>{1e-25f}, {0, 100}, 3, {}}, workspace);
  EXPECT_EQ(workspace.hits(0)[0].row, 0U);
}

// Codes make the first row seem better by 23 than the second, which is exact, as are those after it.
TEST(PriceSlabTest, allows_for_the_worst_rounded_row) {
  Goods goods{.dim = 64, .values = {}, .prices_cents = {1, 2, 3}};
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 64; ++column) {
      const float exact = column <= 40 && row == 1 ? 1 : 0;
      goods.values.push_back(column == 0 ? 127 : row == 0 ? 0.5f : exact);
    }
  }
  SlabWorkspace workspace;
  expect_exact(goods, goods.slab(), {std::vector<float>(64, 1.0f), {0, 100}, 1, {}}, workspace);
  EXPECT_EQ(workspace.hits(0)[0].row, 1U);
}

TEST(PriceSlabTest, answers_more_than_there_are_and_an_empty_slab) {
  base::Random random(6);
  const Goods goods = drawn_goods(5, 4, random);
  SlabWorkspace workspace;
  expect_exact(goods, goods.slab(), {drawn_vectors(1, 4, random), {0, 100'000}, kMaxSlabHits, {}}, workspace);
  const Goods none{.dim = 4, .values = {}, .prices_cents = {}};
  expect_exact(none, none.slab(), {drawn_vectors(1, 4, random), {0, 100'000}, 10, {}}, workspace);
}

TEST(PriceSlabTest, a_search_allocates_nothing_once_the_workspace_has_grown) {
  base::Random random(7);
  const Goods goods = drawn_goods(5000, 32, random);
  const PriceSlab slab = goods.slab();
  const auto queries = drawn_vectors(8, 32, random);
  SlabWorkspace workspace;
  ASSERT_TRUE(slab.search({std::span(queries).first(64), {0, 0}, 20, {}}, workspace).ok());
  const std::size_t before = base::allocations;
  for (std::size_t q = 0; q + 2 <= 8; ++q) {
    ASSERT_TRUE(slab.search({std::span(queries).subspan(q * 32, 64), {0, 100'000}, 20, {}}, workspace).ok());
  }
  EXPECT_EQ(base::allocations, before);
}

std::string refused(const Goods& goods) {
  const auto slab = PriceSlab::build({goods.dim, goods.values, goods.prices_cents});
  return slab.ok() ? "built" : slab.status().message();
}

TEST(PriceSlabTest, refuses_to_be_built_from_what_makes_no_sense) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(refused({.dim = 0, .values = {}, .prices_cents = {}}), "dim: 0 is not from 1 to 4096");
  EXPECT_EQ(refused({.dim = 2, .values = {1, 2, 3}, .prices_cents = {1, 2}}),
            "values: 3 are not 2 rows (one a price) of 2");
  EXPECT_EQ(refused({.dim = 1, .values = {1, 2}, .prices_cents = {1, -2}}), "row 1, price: -2 cents is below 0");
  EXPECT_EQ(refused({.dim = 2, .values = {1, 2, 3, kNan}, .prices_cents = {1, 2}}),
            "row 1, column 1: nan is no number from -1e9 to 1e9");
  EXPECT_NE(refused({.dim = 1, .values = {2e9f}, .prices_cents = {1}}), "built");
}

TEST(PriceSlabTest, refuses_searches_that_make_no_sense) {
  const Goods goods{.dim = 2, .values = {1, 2, 3, 4}, .prices_cents = {1, 2}};
  const PriceSlab slab = goods.slab();
  SlabWorkspace workspace;
  const std::vector<float> one(2), half(3), many(2 * (kMaxSlabQueries + 1)), bad = {0, INFINITY};
  const Goods more{.dim = 2, .values = std::vector<float>(200), .prices_cents = std::vector<std::int64_t>(100)};
  const std::vector<std::uint64_t> word(1);
  const auto refusal = [&](const SlabSearch& search) { return slab.search(search, workspace).message(); };
  EXPECT_EQ(refusal({half, {0, 1}, 1, {}}), "queries: 3 entries are not 1 to 16 vectors of 2");
  EXPECT_EQ(refusal({many, {0, 1}, 1, {}}), "queries: 34 entries are not 1 to 16 vectors of 2");
  EXPECT_EQ(refusal({bad, {0, 1}, 1, {}}), "query 0, column 1: inf is no number from -1e9 to 1e9");
  EXPECT_EQ(refusal({one, {0, 1}, 0, {}}), "k: 0 is not from 1 to 2000");
  EXPECT_EQ(refusal({one, {2, 1}, 1, {}}), "price band: its low end 2 is above its high end 1");
  EXPECT_EQ(more.slab().search({one, {0, 1}, 1, word}, workspace).message(),
            "admissible: 1 words of 64 bits are too few for 100 rows");
}

}  // namespace
}  // namespace inkling::index
