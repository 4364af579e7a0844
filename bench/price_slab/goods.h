// Made-up goods for bench/figures/price-slab-vs-peers: clustered unit vectors with log-normal prices, and queries of
// the same kind with price bands that hold a given share of the goods. The same seed gives the same bytes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "index/price_slab.h"

namespace inkling::bench {

inline constexpr std::size_t kSlabColumns = 64;

// In the order of prices, so that peers that know ranges of ids can use them for bands.
struct SlabGoods {
  std::vector<float> vectors;  // [rows x kSlabColumns]
  std::vector<std::int64_t> prices_cents;

  [[nodiscard]] std::size_t rows() const { return prices_cents.size(); }
};

struct SlabQuery {
  std::vector<float> vectors;  // one, or as many as are asked of one band
  index::PriceBand band;
  std::size_t begin = 0;  // rows of the band
  std::size_t end = 0;
};

// At least 1000 rows, which is how many share a cluster.
[[nodiscard]] SlabGoods make_goods(std::size_t rows, std::uint64_t seed);
// `together` vectors for one band.
[[nodiscard]] std::vector<SlabQuery> make_queries(const SlabGoods& goods, std::size_t count, std::size_t together,
                                                  double share, std::uint64_t seed);

}  // namespace inkling::bench
