// What is bought together and again, as of one moment: counts of items and of pairs, an item autoencoder, popularity,
// usual prices and how soon items are bought again. Immutable; a CoBasketBuilder makes it from purchases. Not for one
// shopper (personal_history.h) and not for what is looked at together (index/world.h).
//
// Items are rows 0 .. item_count() - 1 in the order of their hashes. Of every item the closest partners are kept, as
// flat lists (compressed rows): at most CoBasketOptions::max_neighbours a list, 8 bytes each, so that 100,000 items
// with full lists take 410 MB and the 3,600 of bench/figures/online-retail-add-on 13 MB. Ownership: owns its arrays;
// share it by shared_ptr. Thread safety: immutable, any thread. Cost: find O(log items), everything else O(1),
// nothing allocates. Failure: only make(), which checks every index, so that no list can lead astray.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/core/result.h"
#include "basket/purchase.h"

namespace inkling::basket {

// How soon an item is bought again (repurchase.h).
struct RepurchasePrior {
  float buy_again_prob = 0;  // of its buyers, those who bought it twice or more
  float cycle_days = 0;      // mean time between two purchases by the same shopper
  float wait_days = 0;       // mean time until the next purchase, those who never bought again included
};

// Partners of one trigger, in the order of their rows.
struct Neighbours {
  std::span<const std::uint32_t> rows;
  std::span<const float> values;
};

// Of everything, and of the last 30 and 7 days before time_ms().
struct BasketCounts {
  std::uint32_t all = 0;
  std::uint32_t days_30 = 0;
  std::uint32_t days_7 = 0;
};

// As packages keep it: one entry an item, but for the lists. `*_start` has one entry more than there are items.
struct CoBasketTensors {
  std::vector<std::uint64_t> items;  // increasing
  std::vector<std::uint32_t> baskets, baskets_30d, baskets_7d;
  std::vector<std::uint32_t> paired_baskets;  // those that were small enough to count pairs
  std::vector<std::int64_t> first_ms, last_ms, price_cents;
  std::vector<float> buy_again_prob, cycle_days, wait_days;
  std::vector<std::uint32_t> pair_start, pair_row;
  std::vector<float> pair_count;  // baskets with both
  std::vector<std::uint32_t> weight_start, weight_row;
  std::vector<float> weight;         // of the item autoencoder
  std::vector<std::int64_t> totals;  // time_ms, baskets, those of 30 days, of 7 days
};

class CoBasket {
 public:
  CoBasket() = default;  // of a shop where nobody has bought anything
  // kCorrupt that names the tensor and what is wrong with it.
  [[nodiscard]] static base::Result<CoBasket> make(CoBasketTensors tensors);

  [[nodiscard]] std::size_t item_count() const { return tensors_.items.size(); }
  [[nodiscard]] std::int64_t time_ms() const { return time_ms_; }
  [[nodiscard]] const BasketCounts& basket_counts() const { return totals_; }
  [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t item) const;

  [[nodiscard]] std::uint64_t item(std::uint32_t row) const { return tensors_.items[row]; }
  [[nodiscard]] BasketCounts baskets(std::uint32_t row) const {
    return {tensors_.baskets[row], tensors_.baskets_30d[row], tensors_.baskets_7d[row]};
  }
  [[nodiscard]] std::uint32_t paired_baskets(std::uint32_t row) const { return tensors_.paired_baskets[row]; }
  [[nodiscard]] std::int64_t first_ms(std::uint32_t row) const { return tensors_.first_ms[row]; }
  [[nodiscard]] std::int64_t last_ms(std::uint32_t row) const { return tensors_.last_ms[row]; }
  // The median of what was paid; kNoPrice when no purchase said.
  [[nodiscard]] std::int64_t price_cents(std::uint32_t row) const { return tensors_.price_cents[row]; }
  [[nodiscard]] RepurchasePrior repurchase(std::uint32_t row) const {
    return {tensors_.buy_again_prob[row], tensors_.cycle_days[row], tensors_.wait_days[row]};
  }

  // Baskets that hold both the trigger and the partner, for the partners of largest cosine.
  [[nodiscard]] Neighbours pairs(std::uint32_t trigger) const;
  // Weights of the item autoencoder, the largest above 0; none for items that are too rare for it.
  [[nodiscard]] Neighbours weights(std::uint32_t trigger) const;

  [[nodiscard]] const CoBasketTensors& tensors() const { return tensors_; }

 private:
  CoBasketTensors tensors_;
  BasketCounts totals_;
  std::int64_t time_ms_ = 0;
};

}  // namespace inkling::basket
