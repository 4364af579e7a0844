#include "nn/readout.h"

#include <algorithm>
#include <cassert>

namespace inkling::nn {

void last_and_mean(Combine combine, std::span<const float> attended, std::span<const float> context, std::size_t rows,
                   std::span<float> out, const math::Kernels& kernels) {
  const std::size_t hidden = out.size() / 2;
  assert(out.size() == 2 * hidden && attended.size() == rows * hidden && context.size() == rows * hidden);
  std::ranges::fill(out, 0.0f);
  if (rows == 0) return;
  // The first half holds each combined row in turn, so it ends as the last one.
  const std::span<float> row = out.first(hidden);
  const std::span<float> mean = out.subspan(hidden);
  for (std::size_t j = 0; j < rows; ++j) {
    const std::span<const float> attended_row = attended.subspan(j * hidden, hidden);
    const std::span<const float> context_row = context.subspan(j * hidden, hidden);
    if (combine == Combine::kResidual) {
      kernels.add(attended_row, context_row, row);
    } else {
      kernels.tanh(context_row, row);
      kernels.multiply(attended_row, row, row);
    }
    kernels.add(mean, row, mean);
  }
  kernels.scale(1.0f / static_cast<float>(rows), mean, mean);
}

void pooled_last_and_mean(std::span<const float> attended, std::size_t rows, std::span<const float> context_last,
                          std::span<const float> context_mean, std::span<float> out, const math::Kernels& kernels) {
  const std::size_t hidden = out.size() / 2;
  assert(out.size() == 2 * hidden && attended.size() == rows * hidden);
  assert(context_last.size() == hidden && context_mean.size() == hidden);
  std::ranges::fill(out, 0.0f);
  if (rows == 0) return;
  const std::span<float> mean = out.subspan(hidden);
  for (std::size_t j = 0; j < rows; ++j) kernels.add(attended.subspan(j * hidden, hidden), mean, mean);
  kernels.scale(1.0f / static_cast<float>(rows), mean, mean);
  kernels.add(mean, context_mean, mean);
  kernels.add(attended.last(hidden), context_last, out.first(hidden));
}

void product_sum(std::span<const float> attended, std::span<const float> context, std::size_t rows,
                 std::span<float> out) {
  const std::size_t hidden = out.size();
  assert(attended.size() == rows * hidden && context.size() == rows * hidden);
  std::ranges::fill(out, 0.0f);
  for (std::size_t j = 0; j < rows; ++j) {
    for (std::size_t i = 0; i < hidden; ++i) out[i] += attended[j * hidden + i] * context[j * hidden + i];
  }
}

}  // namespace inkling::nn
