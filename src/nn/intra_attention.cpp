#include "nn/intra_attention.h"

#include <algorithm>
#include <cassert>

namespace inkling::nn {

base::Result<IntraAttention> IntraAttention::make(const IntraAttentionWeights& weights, bool scale_by_length,
                                                  const math::Kernels& kernels) {
  INKLING_TRY(check_filled(weights.state));
  INKLING_TRY(check_shape(weights.last, weights.state.rows, weights.state.cols));
  INKLING_TRY(check_shape(weights.bias, weights.state.rows, 1));
  INKLING_TRY(check_shape(weights.query, weights.state.rows, 1));
  return IntraAttention(weights, scale_by_length, kernels);
}

IntraAttention::IntraAttention(const IntraAttentionWeights& weights, bool scale_by_length,
                               const math::Kernels& kernels)
    : hidden_size_(weights.state.cols),
      scale_by_length_(scale_by_length),
      state_(weights.state.values),
      last_(weights.last.values),
      bias_(weights.bias.values),
      query_(weights.query.values),
      kernels_(&kernels) {}

void IntraAttention::forward(std::span<const float> states, std::size_t steps, std::span<float> attended,
                             std::span<float> alpha, std::span<float> scratch) const {
  assert(states.size() == steps * hidden_size_ && attended.size() == states.size());
  assert(alpha.size() == steps && scratch.size() >= scratch_size(steps));
  if (steps == 0) return;
  const std::size_t width = attention_size();
  const std::span<float> last_part = scratch.first(width);
  const std::span<float> keys = scratch.subspan(width, steps * width);
  kernels_->matrix_vector(last_, bias_, states.last(hidden_size_), last_part);
  for (std::size_t j = 0; j < steps; ++j) std::ranges::copy(last_part, keys.subspan(j * width, width).begin());
  kernels_->product_nt(states, state_, keys, {steps, width, hidden_size_}, math::Output::kAdd);
  kernels_->tanh(keys, keys);
  kernels_->matrix_vector(keys, {}, query_, alpha);
  kernels_->softmax(alpha);
  const float factor = scale_by_length_ ? static_cast<float>(steps) : 1.0f;
  for (std::size_t j = 0; j < steps; ++j) {
    kernels_->scale(factor * alpha[j], states.subspan(j * hidden_size_, hidden_size_),
                    attended.subspan(j * hidden_size_, hidden_size_));
  }
}

}  // namespace inkling::nn
