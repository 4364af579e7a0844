#include <cassert>
#include <cmath>
#include <cstddef>

#include "math/recurrence.h"
#include "math/recurrence_many.h"

namespace inkling::math::reference {
namespace {

float sigmoid(float x) {
  return 1.0f / (1.0f + std::exp(-x));
}

float recurrent_sum(const PackedGates& weights, std::size_t gate, std::size_t unit, std::span<const float> hidden) {
  float sum = 0.0f;
  for (std::size_t k = 0; k < hidden.size(); ++k) sum += weights.at(gate, unit, k) * hidden[k];
  return sum;
}

}  // namespace

void gru_steps(const PackedGates& weights, std::span<const float> hidden_bias, std::span<const float> projected,
               std::span<const float> hidden_in, std::span<float> hidden_rows) {
  const std::size_t size = weights.hidden();
  assert(weights.gates() == 3 && hidden_bias.size() == size && hidden_in.size() == size);
  assert(projected.size() == 3 * hidden_rows.size());
  std::span<const float> h = hidden_in;
  for (std::size_t at = 0; at < hidden_rows.size(); at += size) {
    const std::span<const float> input = projected.subspan(3 * at, 3 * size);
    const std::span<float> next = hidden_rows.subspan(at, size);
    for (std::size_t i = 0; i < size; ++i) {
      const float r = sigmoid(input[i] + recurrent_sum(weights, 0, i, h));
      const float z = sigmoid(input[size + i] + recurrent_sum(weights, 1, i, h));
      const float n = std::tanh(input[2 * size + i] + r * (recurrent_sum(weights, 2, i, h) + hidden_bias[i]));
      next[i] = (1.0f - z) * n + z * h[i];
    }
    h = next;
  }
}

void lstm_steps(const PackedGates& weights, std::span<const float> projected, std::span<const float> hidden_in,
                std::span<float> cell, std::span<float> hidden_rows) {
  const std::size_t size = weights.hidden();
  assert(weights.gates() == 4 && cell.size() == size && hidden_in.size() == size);
  assert(projected.size() == 4 * hidden_rows.size());
  std::span<const float> h = hidden_in;
  for (std::size_t at = 0; at < hidden_rows.size(); at += size) {
    const std::span<const float> input = projected.subspan(4 * at, 4 * size);
    const std::span<float> next = hidden_rows.subspan(at, size);
    for (std::size_t k = 0; k < size; ++k) {
      const float i = sigmoid(input[k] + recurrent_sum(weights, 0, k, h));
      const float f = sigmoid(input[size + k] + recurrent_sum(weights, 1, k, h));
      const float g = std::tanh(input[2 * size + k] + recurrent_sum(weights, 2, k, h));
      const float o = sigmoid(input[3 * size + k] + recurrent_sum(weights, 3, k, h));
      cell[k] = f * cell[k] + i * g;
      next[k] = o * std::tanh(cell[k]);
    }
    h = next;
  }
}

void gru_steps_many(const PackedGates& weights, std::span<const float> hidden_bias,
                    std::span<const GruSequence> sequences) {
  for (const GruSequence& sequence : sequences) {
    reference::gru_steps(weights, hidden_bias, sequence.projected, sequence.hidden_in, sequence.hidden_rows);
  }
}

}  // namespace inkling::math::reference
