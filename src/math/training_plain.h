// The plain loops that training_steps.h is held to, for any number type. Contracts: training_steps.h.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "math/training_steps.h"

namespace inkling::math::reference {

template <class Real>
Real plain_sigmoid(Real x) {
  return Real(1) / (Real(1) + std::exp(-x));
}

template <class Real>
void gru_training_step(std::span<const Real> products, std::span<const Real> hidden_bias, const GruRows& rows,
                       const GruTrace<Real>& trace, std::span<Real> hidden) {
  const std::size_t h = hidden_bias.size();
  for (std::size_t i = 0; i < rows.gates.size(); ++i) {
    Real* gates = trace.gates.data() + rows.gates[i] * 3 * h;
    for (std::size_t u = 0; u < h; ++u) {
      const Real* sums = products.data() + i * 3 * h + u;
      const Real r = plain_sigmoid(gates[u] + sums[0]), z = plain_sigmoid(gates[h + u] + sums[h]);
      const Real hidden_n = sums[2 * h] + hidden_bias[u];
      const Real n = std::tanh(gates[2 * h + u] + r * hidden_n);
      gates[u] = r;
      gates[h + u] = z;
      gates[2 * h + u] = n;
      trace.hidden_n[rows.gates[i] * h + u] = hidden_n;
      Real& state = hidden[i * h + u];
      state = n + z * (state - n);
      trace.states[rows.states[i] * h + u] = state;
    }
  }
}

template <class Real>
void gru_training_step_back(const GruRows& rows, const GruTrace<Real>& trace, std::span<const Real> state_gradients,
                            std::span<Real> carry, std::span<Real> products) {
  const std::size_t h = rows.gates.empty() ? 0 : carry.size() / rows.gates.size();
  for (std::size_t i = 0; i < rows.gates.size(); ++i) {
    Real* gates = trace.gates.data() + rows.gates[i] * 3 * h;
    for (std::size_t u = 0; u < h; ++u) {
      Real& hidden_n = trace.hidden_n[rows.gates[i] * h + u];
      const Real before = trace.states[(rows.states[i] - 1) * h + u];
      const Real r = gates[u], z = gates[h + u], n = gates[2 * h + u];
      const Real gradient = carry[i * h + u] + state_gradients[rows.gates[i] * h + u];
      const Real of_n = gradient * (1 - z) * (1 - n * n);
      const Real of_r = of_n * hidden_n * r * (1 - r);
      const Real of_z = gradient * (before - n) * z * (1 - z);
      gates[u] = of_r;
      gates[h + u] = of_z;
      gates[2 * h + u] = of_n;
      hidden_n = of_n * r;
      Real* sums = products.data() + i * 3 * h + u;
      sums[0] = of_r;
      sums[h] = of_z;
      sums[2 * h] = hidden_n;
      carry[i * h + u] = gradient * z;
    }
  }
}

template <class Real>
void tanh_keys(std::span<const Real> shift, std::span<const Real> query, std::span<Real> keys,
               std::span<Real> scores) {
  const std::size_t width = query.size();
  for (std::size_t j = 0; j < scores.size(); ++j) {
    scores[j] = 0;
    for (std::size_t i = 0; i < width; ++i) {
      Real& key = keys[j * width + i];
      key = std::tanh(key + shift[i]);
      scores[j] += key * query[i];
    }
  }
}

template <class Real>
void tanh_keys_back(std::span<const Real> score_gradients, std::span<const Real> query, std::span<Real> keys,
                    std::span<Real> shift_gradient, std::span<Real> query_gradient) {
  const std::size_t width = query.size();
  for (std::size_t j = 0; j < score_gradients.size(); ++j) {
    for (std::size_t i = 0; i < width; ++i) {
      Real& key = keys[j * width + i];
      query_gradient[i] += score_gradients[j] * key;
      key = score_gradients[j] * query[i] * (1 - key * key);
      shift_gradient[i] += key;
    }
  }
}

template <class Real>
void softmax_rows_back(std::span<const Real> weights, std::span<const Real> gradients, std::size_t gradient_stride,
                       const StridedRows& rows, std::span<Real> out) {
  for (std::size_t j = 0; j < rows.count; ++j) {
    const Real* w = weights.data() + j * rows.stride;
    const Real* g = gradients.data() + j * gradient_stride;
    Real mean = 0;
    for (std::size_t i = 0; i < rows.size; ++i) mean += w[i] * g[i];
    for (std::size_t i = 0; i < rows.size; ++i) out[j * rows.stride + i] = w[i] * (g[i] - mean);
  }
}

template <class Real>
void row_dots(std::span<const Real> a, std::span<const Real> b, std::span<Real> y) {
  const std::size_t width = y.empty() ? 0 : a.size() / y.size();
  for (std::size_t j = 0; j < y.size(); ++j) {
    y[j] = 0;
    for (std::size_t i = 0; i < width; ++i) y[j] += a[j * width + i] * b[j * width + i];
  }
}

template <class Real>
void multiply_rows(std::span<const Real> factors, std::span<const Real> x, std::span<Real> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] * factors[i % factors.size()];
}

template <class Real>
void adam_update(const AdamStep& step, std::span<const Real> gradients, std::span<Real> mean, std::span<Real> square,
                 std::span<Real> weights) {
  const auto of = [](double value) { return static_cast<Real>(value); };
  for (std::size_t i = 0; i < weights.size(); ++i) {
    mean[i] = of(step.beta1) * mean[i] + of(1 - step.beta1) * gradients[i];
    square[i] = of(step.beta2) * square[i] + of(1 - step.beta2) * gradients[i] * gradients[i];
    const Real spread = std::sqrt(square[i] * of(1 / step.correction2)) + of(step.epsilon);
    weights[i] = weights[i] * of(1 - step.learning_rate * step.decay) -
                 of(step.learning_rate / step.correction1) * mean[i] / spread;
  }
}

template <class Real>
void adam_update_rows(const AdamStep& step, const RowCorrections& corrections, std::span<const Real> gradients,
                      std::span<Real> mean, std::span<Real> square, std::span<Real> weights,
                      std::span<std::int32_t> counts) {
  const std::size_t width = counts.empty() ? 0 : weights.size() / counts.size();
  for (std::size_t row = 0; row < counts.size(); ++row) {
    const auto part = [&](auto all) { return all.subspan(row * width, width); };
    const auto touched = part(gradients);
    if (std::all_of(touched.begin(), touched.end(), [](Real value) { return value == Real(0); })) continue;
    const auto count =
        std::min<std::size_t>(static_cast<std::size_t>(++counts[row]), corrections.inverse1.size() - 1);
    AdamStep own = step;
    own.correction1 = 1 / static_cast<double>(corrections.inverse1[count]);
    own.correction2 = 1 / static_cast<double>(corrections.inverse2[count]);
    adam_update<Real>(own, touched, part(mean), part(square), part(weights));
  }
}

}  // namespace inkling::math::reference
