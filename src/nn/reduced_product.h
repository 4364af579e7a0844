// A layer's weights for products with bf16 factors and float sums (math/half_product.h): rounded and laid out once,
// when the layer is loaded. Beside, not instead of, the layer's float form.
//
// Shapes: W [depth x columns]; A [rows x depth]; C [rows x columns]. Ownership: holds its own copy of W. Thread
// safety: immutable; lines belong to the caller, who also opens a math::ProductScope for all products of a request.
// Cost: rounding A once, then 2 rows depth columns operations; no allocation. Failure: none; wrong sizes are
// asserted.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "math/half_product.h"

namespace inkling::nn {

class ReducedProduct {
 public:
  // W's rows one after another.
  [[nodiscard]] static ReducedProduct from_rows(math::ProductPath path, std::span<const float> values,
                                                std::size_t columns);
  // W's columns one after another: LibTorch's [out x in].
  [[nodiscard]] static ReducedProduct from_columns(math::ProductPath path, std::span<const float> values,
                                                   std::size_t columns);

  [[nodiscard]] math::ProductPath path() const { return path_; }
  [[nodiscard]] std::size_t lines_size(std::size_t rows) const { return math::rows_lines(rows, depth_); }

  // C = A W + bias; bias [columns] or empty; lines >= lines_size(rows).
  void forward(std::span<const float> a, std::span<const float> bias, std::span<float> c,
               std::span<math::HalfLine> lines) const;
  // The same for rows that are already rounded: lines_size(rows) lines, zero beyond the rows and beyond depth.
  void forward_lines(std::span<const math::HalfLine> a, std::span<const float> bias, std::span<float> c) const;

 private:
  ReducedProduct(math::ProductPath path, std::size_t depth, std::size_t columns);

  math::ProductPath path_;
  std::size_t depth_;
  std::size_t columns_;
  std::vector<math::HalfLine> panels_;
};

}  // namespace inkling::nn
