// The layers' equations once more, for the tests only: in double precision, written from the papers' formulas with
// plain loops, sharing no code with the layers or with math.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/core/random.h"
#include "nn/weight.h"

namespace inkling::nn::exact {

using Vector = std::vector<double>;
using Rows = std::vector<Vector>;

// A trained tensor as the layers get it (float, row-major), made of random numbers.
struct Tensor {
  std::string_view name;
  std::size_t rows;
  std::size_t cols;
  std::vector<float> values;

  Tensor(std::string_view tensor_name, std::size_t row_count, std::size_t col_count, base::Random& random,
         double range = 0.5)
      : name(tensor_name), rows(row_count), cols(col_count), values(row_count * col_count) {
    for (float& value : values) value = static_cast<float>(random.uniform(-range, range));
  }
  [[nodiscard]] Weight weight() const { return {name, values, rows, cols}; }
  [[nodiscard]] double at(std::size_t row, std::size_t col = 0) const { return values[row * cols + col]; }
};

inline Rows rows_of(std::span<const float> values, std::size_t cols) {
  Rows rows;
  for (std::size_t i = 0; i < values.size(); i += cols)
    rows.emplace_back(values.begin() + i, values.begin() + i + cols);
  return rows;
}

inline double sigmoid(double x) {
  return 1.0 / (1.0 + std::exp(-x));
}

inline double row_times(const Tensor& w, std::size_t row, const Vector& x) {
  double sum = 0.0;
  for (std::size_t j = 0; j < w.cols; ++j) sum += w.at(row, j) * x[j];
  return sum;
}

inline Vector softmax(const Vector& scores) {
  const double highest = *std::ranges::max_element(scores);
  Vector result;
  double sum = 0.0;
  for (const double score : scores) sum += result.emplace_back(std::exp(score - highest));
  for (double& value : result) value /= sum;
  return result;
}

struct Cell {
  Tensor weight_ih, weight_hh, bias_ih, bias_hh;
  Cell(std::size_t gates, std::size_t input, std::size_t hidden, base::Random& random)
      : weight_ih("rnn.weight_ih", gates * hidden, input, random),
        weight_hh("rnn.weight_hh", gates * hidden, hidden, random),
        bias_ih("rnn.bias_ih", gates * hidden, 1, random),
        bias_hh("rnn.bias_hh", gates * hidden, 1, random) {}
  [[nodiscard]] double input_part(std::size_t row, const Vector& x) const {
    return row_times(weight_ih, row, x) + bias_ih.at(row);
  }
  [[nodiscard]] double hidden_part(std::size_t row, const Vector& h) const {
    return row_times(weight_hh, row, h) + bias_hh.at(row);
  }
};

inline Vector gru_step(const Cell& cell, const Vector& x, const Vector& h) {
  const std::size_t size = h.size();
  Vector next(size);
  for (std::size_t i = 0; i < size; ++i) {
    const double r = sigmoid(cell.input_part(i, x) + cell.hidden_part(i, h));
    const double z = sigmoid(cell.input_part(size + i, x) + cell.hidden_part(size + i, h));
    const double n = std::tanh(cell.input_part(2 * size + i, x) + r * cell.hidden_part(2 * size + i, h));
    next[i] = (1.0 - z) * n + z * h[i];
  }
  return next;
}

// State [h, c].
inline Vector lstm_step(const Cell& cell, const Vector& x, const Vector& state) {
  const std::size_t size = state.size() / 2;
  const Vector h(state.begin(), state.begin() + static_cast<std::ptrdiff_t>(size));
  Vector next(2 * size);
  for (std::size_t k = 0; k < size; ++k) {
    const double i = sigmoid(cell.input_part(k, x) + cell.hidden_part(k, h));
    const double f = sigmoid(cell.input_part(size + k, x) + cell.hidden_part(size + k, h));
    const double g = std::tanh(cell.input_part(2 * size + k, x) + cell.hidden_part(2 * size + k, h));
    const double o = sigmoid(cell.input_part(3 * size + k, x) + cell.hidden_part(3 * size + k, h));
    next[size + k] = f * state[size + k] + i * g;
    next[k] = o * std::tanh(next[size + k]);
  }
  return next;
}

}  // namespace inkling::nn::exact
