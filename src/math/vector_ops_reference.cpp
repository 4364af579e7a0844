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

void axpy(float alpha, std::span<const float> x, std::span<float> y) {
  assert(x.size() == y.size());
  for (std::size_t i = 0; i < x.size(); ++i) y[i] += alpha * x[i];
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

}  // namespace inkling::math::reference
