// A vector for each item that a model learnt, so that items which shoppers look at in one visit lie close together.
// Not for finding neighbours (vector_slab.h, price_slab.h) and not for where the vectors come from.
//
// Items are base::name_hash of their ids, rows in the order of those; vectors [rows x dim] row-major, of length 1, so
// a dot product is a cosine. Ownership: owns copies. Thread safety: immutable, any thread. Cost: 4 dim + 8 bytes an
// item; find O(log rows), nothing allocates. Failure: kInvalidInput with a sentence.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/core/result.h"

namespace inkling::index {

class ItemVectors {
 public:
  ItemVectors() = default;  // of no item
  // `items` increase; `values` are brought to length 1. Refused: sizes that do not fit each other, an entry that is
  // no number, a vector of length 0.
  [[nodiscard]] static base::Result<ItemVectors> make(std::size_t dim, std::vector<std::uint64_t> items,
                                                      std::vector<float> values);

  [[nodiscard]] std::size_t dim() const { return dim_; }
  [[nodiscard]] std::size_t rows() const { return items_.size(); }
  [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t item) const;
  [[nodiscard]] std::uint64_t item(std::uint32_t row) const { return items_[row]; }
  [[nodiscard]] std::span<const float> vector(std::uint32_t row) const {
    return std::span(values_).subspan(row * dim_, dim_);
  }
  [[nodiscard]] std::span<const std::uint64_t> items() const { return items_; }
  [[nodiscard]] std::span<const float> values() const { return values_; }

 private:
  std::size_t dim_ = 1;
  std::vector<std::uint64_t> items_;
  std::vector<float> values_;
};

struct WeightedItem {
  std::uint64_t item = 0;
  float weight = 0;
};

// The weighted mean of the items' vectors at length 1, into `mean` (dim entries). False: none of them is known, or
// they cancel each other out.
[[nodiscard]] bool mean_vector(const ItemVectors& vectors, std::span<const WeightedItem> items,
                               std::span<float> mean);

// Brings a vector to length 1; false when it has none or an entry is no number.
[[nodiscard]] bool normalise(std::span<float> vector);

}  // namespace inkling::index
