#include "nn/intra_attention.h"

#include <cassert>

namespace inkling::nn {

base::Result<IntraAttention> IntraAttention::make(const IntraAttentionWeights& weights, bool scale_by_length,
                                                  const math::Kernels& kernels,
                                                  const std::optional<math::ReducedPaths>& reduced) {
  INKLING_TRY(check_filled(weights.state));
  INKLING_TRY(check_shape(weights.last, weights.state.rows, weights.state.cols));
  INKLING_TRY(check_shape(weights.bias, weights.state.rows, 1));
  INKLING_TRY(check_shape(weights.query, weights.state.rows, 1));
  return IntraAttention(weights, scale_by_length, kernels, reduced);
}

IntraAttention::IntraAttention(const IntraAttentionWeights& weights, bool scale_by_length,
                               const math::Kernels& kernels, const std::optional<math::ReducedPaths>& reduced)
    : scale_by_length_(scale_by_length),
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

}  // namespace inkling::nn
