#include "nn/trigger_attention.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>

namespace inkling::nn {

base::Result<TriggerAttention> TriggerAttention::make(const TriggerAttentionWeights& weights,
                                                      const math::Kernels& kernels) {
  const std::size_t width = weights.query.cols;
  INKLING_TRY(check_shape(weights.query, width, width));
  INKLING_TRY(check_shape(weights.key, width, width));
  INKLING_TRY(check_shape(weights.heads, weights.heads.rows, 1));
  const std::size_t heads = weights.heads.rows;
  if (width % heads != 0) {
    return base::invalid_input("tensor \"" + std::string(weights.heads.name) + "\" has " + std::to_string(heads) +
                               " heads, which do not divide the width " + std::to_string(width) + " of \"" +
                               std::string(weights.query.name) + "\"");
  }
  std::vector<float> query(weights.query.values.begin(), weights.query.values.end());
  const float factor = 1.0f / std::sqrt(static_cast<float>(width / heads));
  for (float& value : query) value *= factor;
  return TriggerAttention(math::PackedMatrix::from_columns(query, width),
                          math::PackedMatrix::from_columns(weights.key.values, width),
                          {weights.heads.values.begin(), weights.heads.values.end()}, kernels);
}

void TriggerAttention::weights(std::span<const float> steps, std::span<const float> triggers, std::span<float> out,
                               std::span<float> scratch) const {
  const std::size_t size = width(), step_count = steps.size() / size, trigger_count = triggers.size() / size;
  assert(step_count > 0 && trigger_count > 0 && out.size() == step_count);
  assert(scratch.size() >= scratch_size(step_count, trigger_count));
  const std::span<float> keys = scratch.first(step_count * size);
  const std::span<float> key_columns = scratch.subspan(keys.size(), keys.size());
  const std::span<float> queries = scratch.subspan(2 * keys.size(), trigger_count * size);
  const std::span<float> scores = scratch.subspan(2 * keys.size() + queries.size(), trigger_count * step_count);
  const std::span<float> factors = scratch.subspan(2 * keys.size() + queries.size() + scores.size(), trigger_count);
  kernels_->packed_product(steps, key_, {}, keys, math::Output::kReplace);
  kernels_->packed_product(triggers, query_, {}, queries, math::Output::kReplace);
  kernels_->transpose(keys, size, key_columns, step_count);
  const std::size_t head_width = size / heads_.size();
  std::ranges::fill(out, 0.0f);
  for (std::size_t k = 0; k < heads_.size(); ++k) {
    const std::size_t first = k * head_width;
    kernels_->product(queries.subspan(first), key_columns.subspan(first * step_count, head_width * step_count),
                      scores, {.m = trigger_count, .n = step_count, .k = head_width, .a_stride = size});
    kernels_->exp_rows(scores, step_count, step_count, factors);
    const float share = heads_[k] * static_cast<float>(step_count) / static_cast<float>(trigger_count);
    for (std::size_t c = 0; c < trigger_count; ++c) {
      const float factor = share * factors[c];
      for (std::size_t t = 0; t < step_count; ++t) out[t] += factor * scores[c * step_count + t];
    }
  }
}

}  // namespace inkling::nn
