// The plain forms of every kernel of half_kernels.h, one for each way to round.
#include <cstddef>
#include <cstdint>

#include "math/half_kernels.h"
#include "math/half_types.h"

namespace inkling::math::half {
namespace {

// Entry t of column j of a run of panels.
std::uint16_t panel_entry(const HalfLine* panels, std::size_t depth, std::size_t j, std::size_t t) {
  const HalfLine* panel = panels + j / kPanelColumns * kPanelColumns * depth;
  return panel[t / 2].values[j % kPanelColumns * 2 + t % 2];
}

template <class Round>
void vector_bf16_weights(const VectorTask& task, const Round& round) {
  for (std::size_t j = 0; j < task.count * kPanelColumns; ++j) {
    float sum = task.start[j];
    for (std::size_t t = 0; t < task.inputs; ++t) {
      sum += from_bf16(panel_entry(task.panels, task.depth, j, t)) * round(task.x[t]);
    }
    task.y[j] = sum;
  }
}

}  // namespace

void product_scalar(const ProductTask& task) {
  for (std::size_t i = 0; i < task.m; ++i) {
    for (std::size_t j = 0; j < task.n; ++j) {
      float& out = task.c[i * task.n + j];
      float sum = task.bias == nullptr ? 0.0f : task.bias[j];
      if (task.add) sum = out;
      for (std::size_t t = 0; t < task.depth * 32; ++t) {
        const float factor = from_bf16(task.rows[i * task.depth + t / 32].values[t % 32]);
        sum += factor * from_bf16(panel_entry(task.panels, task.depth, j, t));
      }
      out = sum;
    }
  }
}

void vector_scalar_bf16(const VectorTask& task) {
  vector_bf16_weights(task, [](float x) { return from_bf16(to_bf16(x)); });
}

void vector_scalar_wide_bf16(const VectorTask& task) {
  vector_bf16_weights(task, [](float x) { return x; });
}

void vector_scalar_fp16(const VectorTask& task) {
  for (std::size_t j = 0; j < task.count * kPanelColumns; ++j) {
    float sum = task.start[j];
    for (std::size_t first = 0; first < task.inputs; first += kFp16Run) {
      std::uint16_t parts[2] = {0, 0};  // of even and of odd terms
      for (std::size_t t = first; t < first + kFp16Run && t < task.inputs; ++t) {
        parts[t % 2] = fp16_fma(to_fp16(task.x[t]), panel_entry(task.panels, task.depth, j, t), parts[t % 2]);
      }
      sum += from_fp16(parts[0]) + from_fp16(parts[1]);
    }
    task.y[j] = sum;
  }
}

}  // namespace inkling::math::half
