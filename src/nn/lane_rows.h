// A matrix of some rows by N candidates in blocks of math::kBlockLanes candidates, as math/lane_layer.h lays it out:
// a view, so that the rows of several layers can lie behind each other in one block (what one layer writes is then
// what the next one reads, without a copy). Not an owner.
//
// Row r of candidate n: values[n / kBlockLanes * block_stride + r * kBlockLanes + n % kBlockLanes]. `values` begins
// at the first row of the first block; block_stride >= rows * kBlockLanes floats lie between two blocks' beginnings.
// Thread safety: a plain value. Cost: none. Failure: none; what leaves `values` is asserted by the span.
#pragma once

#include <cstddef>
#include <span>

#include "math/kernels.h"
#include "math/lane_layer.h"

namespace inkling::nn {

template <class Float>
struct BasicLaneRows {
  std::span<Float> values;
  std::size_t rows = 0;
  std::size_t block_stride = 0;

  [[nodiscard]] std::span<Float> block(std::size_t index) const {
    return values.subspan(index * block_stride, rows * math::kBlockLanes);
  }
  // `count` of the rows, from `first` on.
  [[nodiscard]] BasicLaneRows part(std::size_t first, std::size_t count) const {
    return {values.subspan(first * math::kBlockLanes), count, block_stride};
  }
  operator BasicLaneRows<const float>() const { return {values, rows, block_stride}; }  // NOLINT: as std::span's
};
using LaneRows = BasicLaneRows<const float>;
using MutableLaneRows = BasicLaneRows<float>;

// Floats of `rows` rows of N candidates without gaps.
[[nodiscard]] constexpr std::size_t lane_rows_size(std::size_t rows, std::size_t candidates) {
  return math::blocks_of(candidates) * rows * math::kBlockLanes;
}
[[nodiscard]] constexpr MutableLaneRows lane_rows(std::span<float> values, std::size_t rows) {
  return {values, rows, rows * math::kBlockLanes};
}

// x [N x out.rows] row-major -> `out`, with zeros in the unused lanes of the last group.
void to_lane_rows(std::span<const float> x, MutableLaneRows out, const math::Kernels& kernels = math::simd_kernels());

}  // namespace inkling::nn
