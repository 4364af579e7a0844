// The triple loop behind math::reference's products, for any number type: the operators of train/fused are checked in
// double with it. Not for speed. Shapes and strides: product.h.
#pragma once

#include <cstddef>
#include <span>

#include "math/product.h"

namespace inkling::math::reference {

// Where A's entries stand: row i, term t at i * row + t * term.
struct EntryStrides {
  std::size_t row = 0;
  std::size_t term = 0;
};

// C = A B, or C += A B.
template <class Real>
void plain_product(std::span<const Real> a, EntryStrides of_a, std::span<const Real> b, std::span<Real> c,
                   const ProductShape& shape, Output output) {
  const std::size_t b_stride = shape.b_stride == 0 ? shape.n : shape.b_stride;
  const std::size_t c_stride = shape.c_stride == 0 ? shape.n : shape.c_stride;
  for (std::size_t i = 0; i < shape.m; ++i) {
    for (std::size_t j = 0; j < shape.n; ++j) {
      Real sum = output == Output::kAdd ? c[i * c_stride + j] : Real(0);
      for (std::size_t t = 0; t < shape.k; ++t) sum += a[i * of_a.row + t * of_a.term] * b[t * b_stride + j];
      c[i * c_stride + j] = sum;
    }
  }
}

template <class Real>
void plain_product(std::span<const Real> a, std::span<const Real> b, std::span<Real> c, const ProductShape& shape,
                   Output output) {
  plain_product<Real>(a, {shape.a_stride == 0 ? shape.k : shape.a_stride, 1}, b, c, shape, output);
}

// C += A^T B
template <class Real>
void plain_transposed_product(std::span<const Real> a, std::span<const Real> b, std::span<Real> c,
                              const ProductShape& shape) {
  plain_product<Real>(a, {1, shape.a_stride == 0 ? shape.m : shape.a_stride}, b, c, shape, Output::kAdd);
}

}  // namespace inkling::math::reference
