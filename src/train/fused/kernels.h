// The kernels of math for both number types of the operators: float runs in SIMD, double in the plain loops, which is
// how gradients are checked. Large products: products.h. Contracts: math/product.h, math/training_steps.h,
// math/activation.h, math/fold_steps.h, math/leaky_steps.h, math/row_sums.h, math/unit_bits.h,
// math/vector_ops.h.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>

#include "math/activation.h"
#include "math/fold_plain.h"
#include "math/fold_steps.h"
#include "math/leaky_plain.h"
#include "math/leaky_steps.h"
#include "math/product.h"
#include "math/product_plain.h"
#include "math/row_sums.h"
#include "math/row_sums_plain.h"
#include "math/training_plain.h"
#include "math/training_steps.h"
#include "math/unit_bits.h"
#include "math/unit_bits_plain.h"
#include "math/vector_ops.h"

namespace inkling::train::fused {

using math::ProductShape;

template <class Real>
inline constexpr bool kFast = std::is_same_v<Real, float>;

template <class Real>
void product(std::span<const Real> a, std::span<const Real> b, std::span<Real> c, const ProductShape& shape) {
  if constexpr (kFast<Real>) {
    math::product(a, b, c, shape);
  } else {
    math::reference::plain_product<Real>(a, b, c, shape, math::Output::kReplace);
  }
}

template <class Real>
void add_product(std::span<const Real> a, std::span<const Real> b, std::span<Real> c, const ProductShape& shape) {
  if constexpr (kFast<Real>) {
    math::add_product(a, b, c, shape);
  } else {
    math::reference::plain_product<Real>(a, b, c, shape, math::Output::kAdd);
  }
}

template <class Real>
void add_transposed_product(std::span<const Real> a, std::span<const Real> b, std::span<Real> c,
                            const ProductShape& shape) {
  if constexpr (kFast<Real>) {
    math::add_transposed_product(a, b, c, shape);
  } else {
    math::reference::plain_transposed_product<Real>(a, b, c, shape);
  }
}

// `name` of math for float, of math::reference's templates for double.
#define INKLING_FUSED_KERNEL(name)                                        \
  template <class Real, class... Arguments>                               \
  void name(Arguments&&... arguments) {                                   \
    if constexpr (kFast<Real>) {                                          \
      math::name(std::forward<Arguments>(arguments)...);                  \
    } else {                                                              \
      math::reference::name<Real>(std::forward<Arguments>(arguments)...); \
    }                                                                     \
  }
INKLING_FUSED_KERNEL(gru_training_step)
INKLING_FUSED_KERNEL(gru_training_step_back)
INKLING_FUSED_KERNEL(tanh_keys)
INKLING_FUSED_KERNEL(tanh_keys_back)
INKLING_FUSED_KERNEL(softmax_rows_back)
INKLING_FUSED_KERNEL(row_dots)
INKLING_FUSED_KERNEL(multiply_rows)
INKLING_FUSED_KERNEL(fold_columns)
INKLING_FUSED_KERNEL(fold_rows)
INKLING_FUSED_KERNEL(fold_columns_back)
INKLING_FUSED_KERNEL(leaky_units)
INKLING_FUSED_KERNEL(leaky_units_back)
INKLING_FUSED_KERNEL(unit_scores)
INKLING_FUSED_KERNEL(chosen_sums_back)
INKLING_FUSED_KERNEL(add_chosen_rows)
INKLING_FUSED_KERNEL(sum_of_rows)
INKLING_FUSED_KERNEL(add_to_each)
#undef INKLING_FUSED_KERNEL

template <class Real>
void softmax_rows(std::span<Real> rows, std::size_t size, std::size_t stride) {
  if constexpr (kFast<Real>) {
    math::softmax_rows(rows, size, stride);
  } else {
    for (std::size_t begin = 0; size > 0 && begin + size <= rows.size(); begin += stride) {
      const auto row = rows.subspan(begin, size);
      const Real highest = *std::max_element(row.begin(), row.end());
      Real sum = 0;
      for (Real& value : row) sum += value = std::exp(value - highest);
      for (Real& value : row) value /= sum;
    }
  }
}

template <class Real>
void sigmoid(std::span<const Real> x, std::span<Real> y) {
  if constexpr (kFast<Real>) {
    math::sigmoid(x, y);
  } else {
    for (std::size_t i = 0; i < x.size(); ++i) y[i] = math::reference::plain_sigmoid(x[i]);
  }
}

template <class Real>
[[nodiscard]] Real dot(std::span<const Real> a, std::span<const Real> b) {
  if constexpr (kFast<Real>) {
    return math::dot(a, b);
  } else {
    return std::inner_product(a.begin(), a.end(), b.begin(), Real(0));
  }
}

// y += x
template <class Real>
void add_to(std::span<Real> y, std::span<const Real> x) {
  if constexpr (kFast<Real>) {
    math::add(x, y, y);
  } else {
    for (std::size_t i = 0; i < y.size(); ++i) y[i] += x[i];
  }
}

template <class Real>
void scale_rows(std::span<const Real> factors, std::span<const Real> x, std::span<Real> y) {
  if constexpr (kFast<Real>) {
    math::scale_rows(factors, x, y);
  } else {
    const std::size_t width = factors.empty() ? 0 : x.size() / factors.size();
    for (std::size_t i = 0; i < x.size(); ++i) y[i] = factors[i / width] * x[i];
  }
}

// y = sum of the rows of x; row j begins at j * stride.
template <class Real>
void column_sums(std::span<const Real> x, std::size_t stride, std::span<Real> y) {
  if constexpr (kFast<Real>) {
    math::column_sums(x, stride, y);
  } else {
    for (std::size_t i = 0; i < y.size(); ++i) {
      y[i] = 0;
      for (std::size_t at = i; at < x.size(); at += stride) y[i] += x[at];
    }
  }
}

template <class Real>
void column_dots(std::span<const Real> a, std::span<const Real> b, std::span<Real> y) {
  if constexpr (kFast<Real>) {
    math::column_dots(a, b, y);
  } else {
    for (std::size_t i = 0; i < y.size(); ++i) {
      y[i] = 0;
      for (std::size_t at = i; at < a.size(); at += y.size()) y[i] += a[at] * b[at];
    }
  }
}

// Row i of x (`columns` values) becomes column i of y.
template <class Real>
void transpose(std::span<const Real> x, std::size_t columns, std::span<Real> y, std::size_t y_stride) {
  if constexpr (kFast<Real>) {
    math::transpose(x, columns, y, y_stride);
  } else {
    for (std::size_t i = 0; i < x.size(); ++i) y[i % columns * y_stride + i / columns] = x[i];
  }
}

}  // namespace inkling::train::fused
