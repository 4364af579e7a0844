// The products of the operators, in their own numbers or with bf16 factors and float sums (math/half_product.h): the
// large ones ask here. In bf16 both factors are rounded and laid out at each call, weights once a Factor; everything
// else (sums, states, gradients, softmax, what is small) stays float, so that weights are learnt in float.
//
// Ownership: a Products lives on the stack of one forward or backward, over room that is kept. Thread safety: one
// thread. Cost: 2 m n k operations and, in bf16, one pass over the factors. Failure: none; wrong sizes are asserted.
#pragma once

#include <cassert>
#include <optional>
#include <span>
#include <vector>

#include "math/half_product.h"
#include "train/fused/buffer.h"
#include "train/fused/kernels.h"

namespace inkling::train::fused {

// Nothing: the operators' own numbers. Otherwise the way to multiply bf16 factors; the numbers are then float.
using ReducedPath = std::optional<math::ProductPath>;

struct ProductRoom {
  Buffer<math::HalfLine> rows, panels;
};

template <class Real>
class Products {
 public:
  Products(ReducedPath path, ProductRoom& room) : path_(path), room_(&room) {
    assert(kFast<Real> || !path);
    if (path) tiles_.emplace(*path);
  }

  [[nodiscard]] bool reduced() const { return kFast<Real> && path_.has_value(); }

  // C = A B
  void product(std::span<const Real> a, std::span<const Real> b, std::span<Real> c, const ProductShape& shape) {
    if constexpr (kFast<Real>) {
      if (path_) return multiply(rows(a, shape), panels(b, shape), c, shape, math::Output::kReplace);
    }
    fused::product<Real>(a, b, c, shape);
  }
  // C += A^T B, as add_transposed_product().
  void add_transposed(std::span<const Real> a, std::span<const Real> b, std::span<Real> c,
                      const ProductShape& shape) {
    if constexpr (kFast<Real>) {
      if (path_) {
        const math::Bf16Rows left = math::to_rows_transposed(
            a, shape.m, shape.k, room_->rows.take(math::rows_lines(shape.m, shape.k)), shape.a_stride);
        return multiply(left, panels(b, shape), c, shape, math::Output::kAdd);
      }
    }
    add_transposed_product<Real>(a, b, c, shape);
  }
  // C = A B^T for B [n x k], whose columns are at hand on their side: [k x shape.n], rows at multiples of b_stride.
  // They are not read in bf16. There may be more of them than rows; what then is in C beyond n means nothing.
  void product_of_rows(std::span<const Real> a, std::span<const Real> b_rows, std::span<const Real> b_columns,
                       std::span<Real> c, const ProductShape& shape) {
    if constexpr (kFast<Real>) {
      if (path_) {
        math::Bf16Panels right = math::to_panels_nt(b_rows, b_rows.size() / shape.k, shape.k,
                                                    room_->panels.take(math::panels_lines(shape.n, shape.k)));
        right.n = shape.n;
        assert(right.lines.size() == math::panels_lines(shape.n, shape.k));
        return multiply(rows(a, shape), right, c, shape, math::Output::kReplace);
      }
    }
    fused::product<Real>(a, b_columns, c, shape);
  }
  // gradient += g^T x over all rows.
  void add_weight_gradient(std::span<const Real> g, std::size_t g_columns, std::size_t g_stride,
                           std::span<const Real> x, std::size_t x_columns, std::span<Real> gradient) {
    const std::size_t at_once = reduced() ? kHalfBlockRows : kBlockRows, all = x.size() / x_columns;
    for (std::size_t row = 0; row < all; row += at_once) {
      const std::size_t count = std::min(at_once, all - row);
      add_transposed(g.subspan(row * g_stride), x.subspan(row * x_columns, count * x_columns), gradient,
                     {.m = g_columns, .n = x_columns, .k = count, .a_stride = g_stride});
    }
  }

  // For Factor.
  void multiply(std::span<const Real> a, const math::Bf16Panels& b, std::span<const Real> bias, std::span<Real> c,
                math::Output output) {
    const std::size_t all = c.size() / b.n;
    for (std::size_t row = 0; row < all; row += kHalfBlockRows) {
      const std::size_t m = std::min(kHalfBlockRows, all - row);
      const math::Bf16Rows left = rows(a.subspan(row * b.k, m * b.k), {.m = m, .n = b.n, .k = b.k});
      math::half_product(*path_, left, b, bias, c.subspan(row * b.n, m * b.n), output);
    }
  }

 private:
  // So many rows of both factors of a gradient stay in L1 while all columns pass them; in bf16, rows that are laid
  // out are read again before they leave L2. A multiple of tiles of 32 and of blocks of 5.
  static constexpr std::size_t kBlockRows = 96, kHalfBlockRows = 160;

  [[nodiscard]] math::Bf16Rows rows(std::span<const Real> a, const ProductShape& shape) {
    return math::to_rows(a, shape.m, shape.k, room_->rows.take(math::rows_lines(shape.m, shape.k)), shape.a_stride);
  }
  [[nodiscard]] math::Bf16Panels panels(std::span<const Real> b, const ProductShape& shape) {
    assert(shape.b_stride == 0);
    return math::to_panels_nn(b.first(shape.k * shape.n), shape.n, shape.k,
                              room_->panels.take(math::panels_lines(shape.n, shape.k)));
  }
  void multiply(const math::Bf16Rows& a, const math::Bf16Panels& b, std::span<Real> c, const ProductShape& shape,
                math::Output output) {
    assert(shape.c_stride == 0);
    math::half_product(*path_, a, b, {}, c.first(shape.m * shape.n), output);
  }

  ReducedPath path_;
  std::optional<math::ProductScope> tiles_;
  ProductRoom* room_;
};

// The fixed right factor of many products.
template <class Real>
class Factor {
 public:
  Factor() = default;
  // From LibTorch's [out x in], for y = x W^T.
  [[nodiscard]] static Factor from_columns(std::span<const Real> values, std::size_t columns, ReducedPath path) {
    Factor factor(values, columns);
    const std::size_t depth = factor.depth_;
    if constexpr (kFast<Real>) {
      if (path) {
        (void)math::to_panels_nt(values, columns, depth, factor.lines());
      } else {
        factor.packed_ = math::PackedMatrix::from_columns(values, columns);
      }
    } else {
      factor.plain_.resize(values.size());
      for (std::size_t i = 0; i < values.size(); ++i) factor.plain_[i % depth * columns + i / depth] = values[i];
    }
    return factor;
  }
  [[nodiscard]] static Factor from_rows(std::span<const Real> values, std::size_t columns, ReducedPath path) {
    Factor factor(values, columns);
    if constexpr (kFast<Real>) {
      if (path) {
        (void)math::to_panels_nn(values, columns, factor.depth_, factor.lines());
      } else {
        factor.packed_ = math::PackedMatrix::from_rows(values, columns);
      }
    } else {
      factor.plain_.assign(values.begin(), values.end());
    }
    return factor;
  }
  // y = x W + bias in every row; an empty bias counts as zero.
  void product(Products<Real>& products, std::span<const Real> x, std::span<const Real> bias,
               std::span<Real> y) const {
    multiply(products, x, bias, y, math::Output::kReplace);
  }
  // y += x W
  void add_product(Products<Real>& products, std::span<const Real> x, std::span<Real> y) const {
    multiply(products, x, {}, y, math::Output::kAdd);
  }

 private:
  Factor(std::span<const Real> values, std::size_t columns) : columns_(columns), depth_(values.size() / columns) {}

  std::span<math::HalfLine> lines() {
    lines_.resize(math::panels_lines(columns_, depth_));
    return lines_;
  }
  void multiply(Products<Real>& products, std::span<const Real> x, std::span<const Real> bias, std::span<Real> y,
                math::Output output) const {
    if constexpr (kFast<Real>) {
      if (!packed_) return products.multiply(x, {lines_, columns_, depth_}, bias, y, output);
      math::packed_product(x, *packed_, bias, y, output);
    } else {
      if (output == math::Output::kReplace) {
        for (std::size_t i = 0; i < y.size(); ++i) y[i] = bias.empty() ? 0 : bias[i % columns_];
      }
      fused::add_product<Real>(x, plain_, y, {.m = y.size() / columns_, .n = columns_, .k = depth_});
    }
  }

  std::optional<math::PackedMatrix> packed_;
  std::vector<math::HalfLine> lines_;
  std::vector<Real> plain_;
  std::size_t columns_ = 0, depth_ = 0;
};

}  // namespace inkling::train::fused
