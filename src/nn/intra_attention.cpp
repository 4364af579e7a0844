#include "nn/intra_attention.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace inkling::nn {
namespace {

// The largest magnitude that a row's product with a cell's state can have, bias included.
float reach(const Weight& weight, std::span<const float> bias) {
  float largest = 0.0f;
  for (std::size_t row = 0; row < weight.rows; ++row) {
    float sum = std::abs(bias[row]);
    for (std::size_t i = 0; i < weight.cols; ++i) sum += std::abs(weight.values[row * weight.cols + i]);
    largest = std::max(largest, sum);
  }
  return largest;
}

// math::tanh_dots_of_exps takes e^-80 to e^80, of twice the sums.
constexpr float kLargestKey = 40.0f;

}  // namespace

base::Result<IntraAttention> IntraAttention::make(const IntraAttentionWeights& weights, bool scale_by_length,
                                                  const math::Kernels& kernels,
                                                  const math::Reducible<math::ReducedPaths>& reduced) {
  INKLING_TRY(check_filled(weights.state));
  INKLING_TRY(check_shape(weights.last, weights.state.rows, weights.state.cols));
  INKLING_TRY(check_shape(weights.bias, weights.state.rows, 1));
  INKLING_TRY(check_shape(weights.query, weights.state.rows, 1));
  return IntraAttention(weights, scale_by_length, kernels, reduced);
}

IntraAttention::IntraAttention(const IntraAttentionWeights& weights, bool scale_by_length,
                               const math::Kernels& kernels, const math::Reducible<math::ReducedPaths>& reduced)
    : scale_by_length_(scale_by_length),
      keeps_keys_(reach(weights.state, weights.bias.values) <= kLargestKey &&
                  reach(weights.last, weights.bias.values) <= kLargestKey),
      state_(math::PackedMatrix::from_columns(weights.state.values, weights.state.rows)),
      last_(math::PackedMatrix::from_columns(weights.last.values, weights.last.rows)),
      bias_(weights.bias.values),
      query_(weights.query.values),
      kernels_(&kernels) {
  if (!reduced) return;
  reduced_ = ReducedProduct::from_columns(reduced->product, weights.state.values, weights.state.rows);
}

void IntraAttention::forward(std::span<const float> states, std::size_t steps, std::span<float> attended,
                             std::span<float> alpha, std::span<float> scratch,
                             std::span<math::HalfLine> lines) const {
  assert(states.size() == steps * hidden_size() && attended.size() == states.size());
  assert(alpha.size() == steps && scratch.size() >= scratch_size(steps) && lines.size() >= lines_size(steps));
  if (steps == 0) return;
  const std::size_t width = attention_size();
  const std::span<float> last_part = scratch.first(width);
  const std::span<float> keys = scratch.subspan(width, steps * width);
  kernels_->packed_product(states.last(hidden_size()), last_, bias_, last_part, math::Output::kReplace);
  if (reduced_) {
    reduced_->forward(states, last_part, keys, lines);
  } else {
    kernels_->packed_product(states, state_, last_part, keys, math::Output::kReplace);
  }
  kernels_->tanh_dots(keys, query_, alpha);
  kernels_->softmax_rows(alpha, steps, steps);
  const std::span<float> factors = keys.first(steps);  // the keys are no longer needed
  kernels_->scale(scale_by_length_ ? static_cast<float>(steps) : 1.0f, alpha, factors);
  kernels_->scale_rows(factors, states, attended);
}

void IntraAttention::keys_of(std::span<const float> states, std::span<float> keys) const {
  kernels_->packed_product(states, state_, {}, keys, math::Output::kReplace);
  kernels_->scale(2.0f, keys, keys);
  kernels_->exp(keys, keys);
}

void IntraAttention::weights_of(std::span<const float> keys, std::span<const float> last, std::span<float> weights,
                                std::span<float> scratch) const {
  assert(keys.size() == weights.size() * attention_size() && scratch.size() >= attention_size());
  const std::span<float> shift = scratch.first(attention_size());
  kernels_->packed_product(last, last_, bias_, shift, math::Output::kReplace);
  kernels_->scale(2.0f, shift, shift);
  kernels_->exp(shift, shift);
  kernels_->tanh_dots_of_exps(keys, shift, query_, weights);
  kernels_->softmax_rows(weights, weights.size(), weights.size());
  if (scale_by_length_) kernels_->scale(static_cast<float>(weights.size()), weights, weights);
}

}  // namespace inkling::nn
