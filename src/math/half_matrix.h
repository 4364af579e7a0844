// A matrix kept in 16 bits for products with one vector after another: y = W x + bias, above all a recurrence's
// W_hh h, whose float weights (48 KiB at 64 hidden units) outgrow the first-level cache while 24 KiB of halves do
// not. Not for products with many rows at once (half_product.h), and not for weights beyond 65504 in the fp16
// formats.
//
// The path chooses format and rounding; each has a scalar form that specifies it:
//   fp16      W and x rounded to fp16; runs of 64 terms: even and odd terms are summed apart by fp16 FMA in their
//             order, then both sums and y joined in float. The same bits everywhere.
//   bf16      W and x rounded to bf16, exact products, float sums in any order.
//   wide-bf16 W rounded to bf16, x left as it is, float FMA in any order. Any processor, on all of Highway's targets.
// Error against float, as a part of the sum of the terms' magnitudes, over 64 random terms (half_matrix_test.cpp):
// fp16 7e-4 at most and 1.5e-4 as root of the mean square, bf16 1.4e-3 and 3.5e-4, wide-bf16 1e-3 and 2.5e-4.
// Over 200 steps of a GRU with 64 hidden units and LibTorch's start values, states (-1..1) drift by 6e-4, 1.5e-3 and
// 1e-3 at most (half_gru_test.cpp).
// Shapes: W [outputs x inputs] row-major as LibTorch keeps it. Ownership: the matrix owns its copy. Thread safety:
// immutable once made. Cost: times() 2 outputs inputs operations, no allocation. Failure: none; wrong sizes and paths
// that half_cpu.h does not call available are asserted.
// Source: speed-notes "Batch-1 forward": sums of 32 terms in fp16 are the longest that keep its error below bf16's.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "math/half_cpu.h"
#include "math/half_product.h"

namespace inkling::math {

class HalfMatrix {
 public:
  // bias [outputs], or empty for zero.
  HalfMatrix(MatrixPath path, std::span<const float> w, std::span<const float> bias, std::size_t outputs,
             std::size_t inputs);

  [[nodiscard]] MatrixPath path() const { return path_; }
  [[nodiscard]] std::size_t outputs() const { return outputs_; }
  [[nodiscard]] std::size_t inputs() const { return inputs_; }
  [[nodiscard]] std::size_t weight_bytes() const { return panels_.size() * sizeof(HalfLine); }

  // y [outputs] = W x + bias, x [inputs]; y overlaps nothing.
  void times(std::span<const float> x, std::span<float> y) const;

 private:
  MatrixPath path_;
  std::size_t outputs_;
  std::size_t inputs_;
  std::vector<HalfLine> panels_;
  std::vector<float> bias_;  // padded to whole panels
};

}  // namespace inkling::math
