#include "nn/inter_attention.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace inkling::nn {

base::Result<InterAttention> InterAttention::make(const Weight& merged, const Weight& bias,
                                                  const math::Kernels& kernels) {
  INKLING_TRY(check_shape(merged, merged.cols, merged.cols));
  INKLING_TRY(check_shape(bias, merged.cols, 1));
  return InterAttention(merged, bias, kernels);
}

InterAttention::InterAttention(const Weight& merged, const Weight& bias, const math::Kernels& kernels)
    : hidden_size_(merged.cols), merged_(merged.values), bias_(bias.values), kernels_(&kernels) {}

// The attention matrix A [query_rows x other_rows], inside `scratch` behind the projected queries.
std::span<float> InterAttention::attention_rows(const InterAttentionInput& input, std::span<float> scratch) const {
  const std::size_t rows = input.query_rows;
  const std::size_t others = input.other_rows;
  const std::span<float> projected = scratch.first(rows * hidden_size_);
  const std::span<float> attention = scratch.subspan(projected.size(), rows * others);
  for (std::size_t i = 0; i < rows; ++i) {
    std::ranges::copy(bias_, projected.subspan(i * hidden_size_, hidden_size_).begin());
  }
  kernels_->product_nn(input.queries, merged_, projected, {rows, hidden_size_, hidden_size_}, math::Output::kAdd);
  kernels_->scale(1.0f / std::sqrt(static_cast<float>(hidden_size_)), projected, projected);
  kernels_->product_nt(projected, input.others, attention, {rows, others, hidden_size_}, math::Output::kReplace);
  for (std::size_t i = 0; i < rows; ++i) kernels_->softmax(attention.subspan(i * others, others));
  return attention;
}

void InterAttention::forward(const InterAttentionInput& input, std::span<float> context,
                             std::span<float> scratch) const {
  assert(input.queries.size() == input.query_rows * hidden_size_ && context.size() == input.queries.size());
  assert(input.others.size() == input.other_rows * hidden_size_);
  assert(scratch.size() >= scratch_size(input.query_rows, input.other_rows));
  if (input.query_rows == 0 || input.other_rows == 0) {
    std::ranges::fill(context, 0.0f);
    return;
  }
  const std::span<const float> attention = attention_rows(input, scratch);
  kernels_->product_nn(attention, input.others, context, {input.query_rows, hidden_size_, input.other_rows},
                       math::Output::kReplace);
}

void InterAttention::forward_pooled(const InterAttentionInput& input, std::span<float> context_last,
                                    std::span<float> context_mean, std::span<float> scratch) const {
  assert(input.queries.size() == input.query_rows * hidden_size_);
  assert(input.others.size() == input.other_rows * hidden_size_);
  assert(context_last.size() == hidden_size_ && context_mean.size() == hidden_size_);
  assert(scratch.size() >= scratch_size(input.query_rows, input.other_rows));
  std::ranges::fill(context_last, 0.0f);
  std::ranges::fill(context_mean, 0.0f);
  if (input.query_rows == 0 || input.other_rows == 0) return;
  const std::span<const float> attention = attention_rows(input, scratch);
  const std::size_t others = input.other_rows;
  const std::span<float> mean_row = scratch.subspan(input.query_rows * (hidden_size_ + others), others);
  std::ranges::fill(mean_row, 0.0f);
  const float share = 1.0f / static_cast<float>(input.query_rows);
  for (std::size_t i = 0; i < input.query_rows; ++i) {
    kernels_->axpy(share, attention.subspan(i * others, others), mean_row);
  }
  const math::ProductShape one_row{1, hidden_size_, others};
  kernels_->product_nn(mean_row, input.others, context_mean, one_row, math::Output::kReplace);
  kernels_->product_nn(attention.last(others), input.others, context_last, one_row, math::Output::kReplace);
}

}  // namespace inkling::nn
