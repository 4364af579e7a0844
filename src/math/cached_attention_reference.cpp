#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "math/cached_attention.h"

namespace inkling::math::reference {
namespace {

struct RowExps {
  float sum, shift;
};

// Row t's exps, with its maximum taken off.
RowExps exps_of_row(const ScaledScores& scores, std::size_t t, std::span<float> exps) {
  float highest = -std::numeric_limits<float>::infinity();
  for (std::size_t n = 0; n < exps.size(); ++n) {
    exps[n] = scores.row_factors[t] * scores.column_factors[n] * scores.products[t * scores.stride + n] +
              scores.column_terms[n];
    highest = std::max(highest, exps[n]);
  }
  float sum = 0.0f;
  for (float& value : exps) sum += value = std::exp(value - highest);
  constexpr float kLog2E = 1.44269504f;
  return {sum, kLog2E * highest};
}

}  // namespace

void cached_attention_rows(const ScaledScores& scores, std::span<float> weighed, std::span<float> sums,
                           std::span<float> shifts) {
  for (std::size_t t = 0; t < scores.rows(); ++t) {
    const std::span<float> row = weighed.subspan(t * scores.columns(), scores.columns());
    const RowExps exps = exps_of_row(scores, t, row);
    sums[t] = exps.sum;
    shifts[t] = exps.shift;
    for (std::size_t n = 0; n < row.size(); ++n) row[n] *= scores.column_factors[n];
  }
}

void cached_attention_sums(const ScaledScores& scores, std::size_t row, std::span<float> sums,
                           std::span<float> picked, std::span<float> scratch) {
  const std::span<float> exps = scratch.first(scores.columns());
  std::ranges::fill(sums, 0.0f);
  for (std::size_t t = 0; t < scores.rows(); ++t) {
    const float factor = 1.0f / exps_of_row(scores, t, exps).sum;
    for (std::size_t n = 0; n < exps.size(); ++n) {
      sums[n] += factor * exps[n];
      if (t == row) picked[n] = factor * exps[n];
    }
  }
}

void add_weighed_dots(std::span<const float> factors, std::span<const float> a, std::span<const float> b,
                      std::span<float> y) {
  for (std::size_t t = 0; t < factors.size(); ++t) {
    for (std::size_t i = 0; i < y.size(); ++i) y[i] += factors[t] * a[t * y.size() + i] * b[t * y.size() + i];
  }
}

void row_dots(std::span<const float> rows, std::span<const float> x, std::span<float> y, std::size_t stride) {
  for (std::size_t j = 0; (j + 1) * x.size() <= rows.size() && !x.empty(); ++j) {
    float sum = 0.0f;
    for (std::size_t i = 0; i < x.size(); ++i) sum += rows[j * x.size() + i] * x[i];
    y[j * stride] = sum;
  }
}

void tanh_dots_of_exps(std::span<const float> exp_keys, std::span<const float> exp_shift,
                       std::span<const float> weights, std::span<float> y) {
  assert(exp_keys.size() == y.size() * weights.size() && exp_shift.size() == weights.size());
  for (std::size_t j = 0; j < y.size(); ++j) {
    float sum = 0.0f;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const float power = exp_keys[j * weights.size() + i] * exp_shift[i];
      sum += weights[i] * (1.0f - 2.0f / (1.0f + power));
    }
    y[j] = sum;
  }
}

}  // namespace inkling::math::reference
