#include <cassert>
#include <cstddef>

#include "math/product.h"
#include "math/product_plain.h"

namespace inkling::math::reference {

void product(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape) {
  plain_product<float>(a, b, c, shape, Output::kReplace);
}

void add_product(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape) {
  plain_product<float>(a, b, c, shape, Output::kAdd);
}

void add_transposed_product(std::span<const float> a, std::span<const float> b, std::span<float> c,
                            ProductShape shape) {
  plain_transposed_product<float>(a, b, c, shape);
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
