// Makes CoBasket snapshots from purchases. Not for answering: it holds raw baskets, and building takes seconds.
//
// Bounded: the newest CoBasketOptions::max_baskets are kept (12 bytes a line and 24 a basket, twice while building),
// the max_items that are bought most are known, pairs are counted in baskets of at most max_basket_items (more says
// little about any pair and costs its square), and the autoencoder is over the max_autoencoder_items most bought.
// Thread safety: one thread. Cost: build O(sum of the squares of the paired baskets' sizes) plus item_autoencoder().
// Failure: item_autoencoder()'s. The same purchases in the same order give the same bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "base/core/result.h"
#include "basket/co_basket.h"
#include "basket/purchase.h"

namespace inkling::basket {

struct CoBasketOptions {
  std::size_t max_baskets = 2'000'000;
  std::size_t max_items = 200'000;
  std::size_t max_basket_items = 60;
  std::size_t max_neighbours = 256;  // of one item, in each list
  std::size_t max_autoencoder_items = 4096;
  float lambda = 100;  // item_autoencoder.h
};

class CoBasketBuilder {
 public:
  explicit CoBasketBuilder(CoBasketOptions options) : options_(options) {}

  // In the order of time. A purchase without lines is none.
  void add(const Purchase& purchase);

  // As of `now_ms`, which is when the days of popularity end; purchases from then on must not have been added.
  [[nodiscard]] base::Result<CoBasket> build(std::int64_t now_ms) const;

 private:
  friend class CoBasketBuild;
  struct Basket {
    std::uint64_t shopper = 0;
    std::int64_t ts_ms = 0;
    std::size_t end = 0;  // of its lines; they begin where the basket before ends
  };
  void drop_oldest();

  CoBasketOptions options_;
  std::unordered_map<std::uint64_t, std::uint32_t> item_rows_;  // in the order in which they were first bought
  std::vector<std::uint64_t> items_;
  std::vector<Basket> baskets_;
  std::vector<std::uint32_t> lines_;  // item rows, each once a basket
  std::vector<std::int64_t> prices_;  // of those lines
};

}  // namespace inkling::basket
