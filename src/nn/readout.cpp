#include "nn/readout.h"

#include <algorithm>
#include <cassert>

namespace inkling::nn {
namespace {

// mean [H] of `rows` rows, at least one.
void mean_of(std::span<const float> values, std::size_t rows, std::span<float> mean, const math::Kernels& kernels) {
  kernels.column_sums(values, mean.size(), mean);
  kernels.scale(1.0f / static_cast<float>(rows), mean, mean);
}

}  // namespace

void residual_last_and_mean(std::span<const float> attended, std::size_t rows, std::span<const float> context_last,
                            std::span<const float> context_mean, std::span<float> out, const math::Kernels& kernels) {
  const std::size_t hidden = out.size() / 2;
  assert(out.size() == 2 * hidden && attended.size() == rows * hidden);
  assert(context_last.size() == hidden && context_mean.size() == hidden);
  std::ranges::fill(out, 0.0f);
  if (rows == 0) return;
  const std::span<float> mean = out.subspan(hidden);
  mean_of(attended, rows, mean, kernels);
  kernels.add(mean, context_mean, mean);
  kernels.add(attended.last(hidden), context_last, out.first(hidden));
}

void tanh_product_last_and_mean(std::span<const float> attended, std::span<float> context, std::size_t rows,
                                std::span<float> out, const math::Kernels& kernels) {
  const std::size_t hidden = out.size() / 2;
  assert(out.size() == 2 * hidden && attended.size() == rows * hidden && context.size() == rows * hidden);
  std::ranges::fill(out, 0.0f);
  if (rows == 0) return;
  kernels.tanh(context, context);
  kernels.multiply(attended, context, context);
  mean_of(context, rows, out.subspan(hidden), kernels);
  std::ranges::copy(context.last(hidden), out.begin());
}

void product_sum(std::span<const float> attended, std::span<const float> context, std::span<float> out,
                 const math::Kernels& kernels) {
  kernels.column_dots(attended, context, out);
}

}  // namespace inkling::nn
