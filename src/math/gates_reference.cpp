#include <cassert>
#include <cmath>
#include <cstddef>

#include "math/gates.h"

namespace inkling::math::reference {
namespace {

float sigmoid_of(float x) {
  return 1.0f / (1.0f + std::exp(-x));
}

}  // namespace

void gru_gates(std::span<const float> input_part, std::span<const float> hidden_part,
               std::span<const float> hidden_in, std::span<float> hidden_out) {
  const std::size_t size = hidden_in.size();
  assert(input_part.size() == 3 * size && hidden_part.size() == 3 * size && hidden_out.size() == size);
  for (std::size_t i = 0; i < size; ++i) {
    const float r = sigmoid_of(input_part[i] + hidden_part[i]);
    const float z = sigmoid_of(input_part[size + i] + hidden_part[size + i]);
    const float n = std::tanh(input_part[2 * size + i] + r * hidden_part[2 * size + i]);
    hidden_out[i] = (1.0f - z) * n + z * hidden_in[i];
  }
}

void lstm_gates(std::span<const float> input_part, std::span<const float> hidden_part, std::span<const float> cell_in,
                std::span<float> hidden_out, std::span<float> cell_out) {
  const std::size_t size = cell_in.size();
  assert(input_part.size() == 4 * size && hidden_part.size() == 4 * size);
  assert(hidden_out.size() == size && cell_out.size() == size);
  for (std::size_t k = 0; k < size; ++k) {
    const float i = sigmoid_of(input_part[k] + hidden_part[k]);
    const float f = sigmoid_of(input_part[size + k] + hidden_part[size + k]);
    const float g = std::tanh(input_part[2 * size + k] + hidden_part[2 * size + k]);
    const float o = sigmoid_of(input_part[3 * size + k] + hidden_part[3 * size + k]);
    cell_out[k] = f * cell_in[k] + i * g;
    hidden_out[k] = o * std::tanh(cell_out[k]);
  }
}

}  // namespace inkling::math::reference
