#include "index/item_vectors.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <utility>

#include "math/vector_ops.h"

namespace inkling::index {

bool normalise(std::span<float> vector) {
  double squares = 0;
  for (const float entry : vector) squares += static_cast<double>(entry) * static_cast<double>(entry);
  const double length = std::sqrt(squares);
  if (!std::isfinite(length) || length < 1e-20) return false;
  math::scale(static_cast<float>(1 / length), vector, vector);
  return true;
}

base::Result<ItemVectors> ItemVectors::make(std::size_t dim, std::vector<std::uint64_t> items,
                                            std::vector<float> values) {
  if (dim < 1 || items.size() >= std::numeric_limits<std::uint32_t>::max() || values.size() != items.size() * dim) {
    return base::invalid_input("vectors: " + std::to_string(values.size()) + " entries are not " +
                               std::to_string(items.size()) + " items of " + std::to_string(dim));
  }
  const auto repeated = std::ranges::adjacent_find(items, std::greater_equal<>());
  if (repeated != items.end()) {
    return base::invalid_input("items: entry " + std::to_string(repeated - items.begin() + 1) +
                               " is not above the one before; they must increase");
  }
  for (std::size_t row = 0; row < items.size(); ++row) {
    if (normalise(std::span(values).subspan(row * dim, dim))) continue;
    return base::invalid_input("vectors: row " + std::to_string(row) + " has no direction");
  }
  ItemVectors vectors;
  vectors.dim_ = dim;
  vectors.items_ = std::move(items);
  vectors.values_ = std::move(values);
  return vectors;
}

std::optional<std::uint32_t> ItemVectors::find(std::uint64_t item) const {
  const auto found = std::ranges::lower_bound(items_, item);
  if (found == items_.end() || *found != item) return std::nullopt;
  return static_cast<std::uint32_t>(found - items_.begin());
}

bool mean_vector(const ItemVectors& vectors, std::span<const WeightedItem> items, std::span<float> mean) {
  std::ranges::fill(mean, 0.0F);
  for (const WeightedItem& item : items) {
    const auto row = vectors.find(item.item);
    if (!row) continue;
    const std::span<const float> vector = vectors.vector(*row);
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += item.weight * vector[i];
  }
  return normalise(mean);
}

}  // namespace inkling::index
