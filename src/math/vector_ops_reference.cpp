#include <algorithm>
#include <cassert>
#include <cstddef>

#include "math/vector_ops.h"

namespace inkling::math::reference {

float dot(std::span<const float> a, std::span<const float> b) {
  assert(a.size() == b.size());
  float sum = 0.0f;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

void scale(float alpha, std::span<const float> x, std::span<float> y) {
  assert(x.size() == y.size());
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = alpha * x[i];
}

void add(std::span<const float> a, std::span<const float> b, std::span<float> y) {
  assert(a.size() == y.size() && b.size() == y.size());
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = a[i] + b[i];
}

void multiply(std::span<const float> a, std::span<const float> b, std::span<float> y) {
  assert(a.size() == y.size() && b.size() == y.size());
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = a[i] * b[i];
}

void scale_rows(std::span<const float> factors, std::span<const float> x, std::span<float> y) {
  assert(x.size() == y.size() && (factors.empty() ? x.empty() : x.size() % factors.size() == 0));
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = factors[i / (x.size() / factors.size())] * x[i];
}

void column_sums(std::span<const float> x, std::size_t stride, std::span<float> y) {
  std::ranges::fill(y, 0.0f);
  for (std::size_t row = 0; row + y.size() <= x.size() && !y.empty(); row += stride) {
    for (std::size_t i = 0; i < y.size(); ++i) y[i] += x[row + i];
  }
}

void column_dots(std::span<const float> a, std::span<const float> b, std::span<float> y) {
  assert(a.size() == b.size());
  std::ranges::fill(y, 0.0f);
  for (std::size_t i = 0; i < a.size(); ++i) y[i % y.size()] += a[i] * b[i];
}

void transpose(std::span<const float> x, std::size_t columns, std::span<float> y, std::size_t y_stride) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i % columns * y_stride + i / columns] = x[i];
}

}  // namespace inkling::math::reference
