#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "math/cached_attention.h"

namespace inkling::math::reference {
namespace {

// Row t's exps, with its maximum taken off; returns 1 / their sum.
float exps_of_row(const ScaledScores& scores, std::size_t t, std::span<float> exps) {
  const std::size_t columns = scores.columns();
  float highest = -std::numeric_limits<float>::infinity();
  for (std::size_t n = 0; n < columns; ++n) {
    exps[n] =
        scores.row_factors[t] * scores.column_factors[n] * scores.products[t * columns + n] + scores.column_terms[n];
    highest = std::max(highest, exps[n]);
  }
  float sum = 0.0f;
  for (float& value : exps) sum += value = std::exp(value - highest);
  return 1.0f / sum;
}

}  // namespace

void cached_attention_rows(const ScaledScores& scores, std::span<float> exps, std::span<float> factors) {
  const std::size_t columns = scores.columns();
  for (std::size_t t = 0; t < scores.rows(); ++t) {
    factors[t] = exps_of_row(scores, t, exps.subspan(t * columns, columns));
  }
}

void cached_attention_sums(const ScaledScores& scores, std::size_t row, std::span<float> sums,
                           std::span<float> picked, std::span<float> scratch) {
  const std::span<float> exps = scratch.first(scores.columns());
  std::ranges::fill(sums, 0.0f);
  for (std::size_t t = 0; t < scores.rows(); ++t) {
    const float factor = exps_of_row(scores, t, exps);
    for (std::size_t n = 0; n < exps.size(); ++n) {
      sums[n] += factor * exps[n];
      if (t == row) picked[n] = factor * exps[n];
    }
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
