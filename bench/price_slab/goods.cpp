#include "bench/price_slab/goods.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/core/random.h"

namespace inkling::bench {
namespace {

constexpr std::size_t kRowsPerCluster = 1000;
constexpr double kSpread = 0.7;             // of a cluster, against its centre's length of 1
constexpr double kMedianPriceCents = 5000;  // and one sigma is a factor of e
constexpr std::uint64_t kClusterStream = 1'000'000;

using Vector = std::array<double, kSlabColumns>;

Vector normal_vector(base::Random& random, double length) {
  Vector vector;
  for (double& entry : vector) entry = random.normal() * length / std::sqrt(static_cast<double>(kSlabColumns));
  return vector;
}

void append_clustered(std::uint64_t seed, std::size_t rows, base::Random& random, std::vector<float>& vectors) {
  const std::uint64_t cluster = random.below(rows / kRowsPerCluster);
  base::Random of_cluster = base::Random::stream(seed, kClusterStream + cluster);
  const Vector centre = normal_vector(of_cluster, 1), off = normal_vector(random, kSpread);
  double squares = 0;
  for (std::size_t i = 0; i < kSlabColumns; ++i) squares += (centre[i] + off[i]) * (centre[i] + off[i]);
  for (std::size_t i = 0; i < kSlabColumns; ++i) {
    vectors.push_back(static_cast<float>((centre[i] + off[i]) / std::sqrt(squares)));
  }
}

}  // namespace

SlabGoods make_goods(std::size_t rows, std::uint64_t seed) {
  SlabGoods goods;
  goods.vectors.reserve(rows * kSlabColumns);
  base::Random random(seed);
  for (std::size_t row = 0; row < rows; ++row) {
    append_clustered(seed, rows, random, goods.vectors);
    goods.prices_cents.push_back(static_cast<std::int64_t>(kMedianPriceCents * std::exp(random.normal())));
  }
  std::ranges::sort(goods.prices_cents);
  return goods;
}

std::vector<SlabQuery> make_queries(const SlabGoods& goods, std::size_t count, std::size_t together, double share,
                                    std::uint64_t seed) {
  base::Random random = base::Random::stream(seed, together);
  std::vector<SlabQuery> queries(count);
  const auto wanted = static_cast<std::size_t>(share * static_cast<double>(goods.rows()));
  const std::vector<std::int64_t>& prices = goods.prices_cents;
  for (SlabQuery& query : queries) {
    for (std::size_t i = 0; i < together; ++i) append_clustered(seed, goods.rows(), random, query.vectors);
    const std::size_t first = random.below(goods.rows() - wanted);
    query.band = {prices[first], prices[first + wanted - 1]};
    query.begin = static_cast<std::size_t>(std::ranges::lower_bound(prices, query.band.low_cents) - prices.begin());
    query.end = static_cast<std::size_t>(std::ranges::upper_bound(prices, query.band.high_cents) - prices.begin());
  }
  return queries;
}

}  // namespace inkling::bench
