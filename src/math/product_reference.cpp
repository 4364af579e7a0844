#include <cassert>
#include <cstddef>

#include "math/product.h"

namespace inkling::math::reference {

void matrix_vector(std::span<const float> w, std::span<const float> bias, std::span<const float> x,
                   std::span<float> y) {
  assert(w.size() == x.size() * y.size() && (bias.empty() || bias.size() == y.size()));
  for (std::size_t i = 0; i < y.size(); ++i) {
    float sum = bias.empty() ? 0.0f : bias[i];
    for (std::size_t j = 0; j < x.size(); ++j) sum += w[i * x.size() + j] * x[j];
    y[i] = sum;
  }
}

void product_nt(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape,
                Output output) {
  const auto [m, n, k] = shape;
  assert(a.size() == m * k && b.size() == n * k && c.size() == m * n);
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      float sum = output == Output::kAdd ? c[i * n + j] : 0.0f;
      for (std::size_t t = 0; t < k; ++t) sum += a[i * k + t] * b[j * k + t];
      c[i * n + j] = sum;
    }
  }
}

void product_nn(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape,
                Output output) {
  const auto [m, n, k] = shape;
  assert(a.size() == m * k && b.size() == k * n && c.size() == m * n);
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      float sum = output == Output::kAdd ? c[i * n + j] : 0.0f;
      for (std::size_t t = 0; t < k; ++t) sum += a[i * k + t] * b[t * n + j];
      c[i * n + j] = sum;
    }
  }
}

}  // namespace inkling::math::reference
