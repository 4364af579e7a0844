#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <limits>

#include "math/activation.h"

namespace inkling::math::reference {

void exp(std::span<const float> x, std::span<float> y) {
  assert(x.size() == y.size());
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = std::exp(x[i]);
}

void tanh(std::span<const float> x, std::span<float> y) {
  assert(x.size() == y.size());
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = std::tanh(x[i]);
}

void sigmoid(std::span<const float> x, std::span<float> y) {
  assert(x.size() == y.size());
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = 1.0f / (1.0f + std::exp(-x[i]));
}

void relu(std::span<const float> x, std::span<float> y) {
  assert(x.size() == y.size());
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] < 0.0f ? 0.0f : x[i];
}

void exp_rows(std::span<float> rows, std::size_t size, std::size_t stride, std::span<float> factors) {
  assert(stride >= size && size > 0);
  for (std::size_t j = 0; j < factors.size(); ++j) {
    const std::span<float> row = rows.subspan(j * stride, size);
    float highest = -std::numeric_limits<float>::infinity();
    for (const float value : row) highest = std::max(highest, value);
    float sum = 0.0f;
    for (float& value : row) {
      value = std::exp(value - highest);
      sum += value;
    }
    factors[j] = 1.0f / sum;
  }
}

void softmax_rows(std::span<float> rows, std::size_t size, std::size_t stride) {
  assert(stride >= size);
  for (std::size_t begin = 0; begin + size <= rows.size() && size > 0; begin += stride) {
    const std::span<float> row = rows.subspan(begin, size);
    float factor = 0.0f;
    exp_rows(row, size, size, std::span(&factor, 1));
    for (float& value : row) value *= factor;
  }
}

void tanh_dots(std::span<const float> rows, std::span<const float> weights, std::span<float> y) {
  assert(rows.size() == weights.size() * y.size());
  for (std::size_t j = 0; j < y.size(); ++j) {
    y[j] = 0.0f;
    for (std::size_t i = 0; i < weights.size(); ++i) y[j] += weights[i] * std::tanh(rows[j * weights.size() + i]);
  }
}

}  // namespace inkling::math::reference
