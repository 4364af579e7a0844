#include <cassert>
#include <cstddef>

#include "math/product.h"

namespace inkling::math::reference {

void product(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape) {
  const std::size_t a_stride = shape.a_stride == 0 ? shape.k : shape.a_stride;
  const std::size_t b_stride = shape.b_stride == 0 ? shape.n : shape.b_stride;
  const std::size_t c_stride = shape.c_stride == 0 ? shape.n : shape.c_stride;
  for (std::size_t i = 0; i < shape.m; ++i) {
    for (std::size_t j = 0; j < shape.n; ++j) {
      float sum = 0.0f;
      for (std::size_t t = 0; t < shape.k; ++t) sum += a[i * a_stride + t] * b[t * b_stride + j];
      c[i * c_stride + j] = sum;
    }
  }
}

void packed_product(std::span<const float> a, const PackedMatrix& b, std::span<const float> bias, std::span<float> c,
                    Output output) {
  const std::size_t k = b.depth(), n = b.columns(), m = c.size() / n;
  assert(c.size() == m * n && a.size() == m * k && (bias.empty() || bias.size() == n));
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      float sum = output == Output::kAdd ? c[i * n + j] : (bias.empty() ? 0.0f : bias[j]);
      for (std::size_t t = 0; t < k; ++t) sum += a[i * k + t] * b.at(t, j);
      c[i * n + j] = sum;
    }
  }
}

}  // namespace inkling::math::reference
