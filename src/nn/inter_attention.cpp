#include "nn/inter_attention.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace inkling::nn {
namespace {

std::vector<float> scaled(std::span<const float> values, float factor) {
  std::vector<float> result(values.begin(), values.end());
  for (float& value : result) value *= factor;
  return result;
}

}  // namespace

base::Result<InterAttention> InterAttention::make(const Weight& merged, const Weight& bias,
                                                  const math::Kernels& kernels,
                                                  const math::Reducible<math::ReducedPaths>& reduced) {
  INKLING_TRY(check_shape(merged, merged.cols, merged.cols));
  INKLING_TRY(check_shape(bias, merged.cols, 1));
  const float factor = 1.0f / std::sqrt(static_cast<float>(merged.cols));
  const std::vector<float> values = scaled(merged.values, factor);
  InterAttention attention(math::PackedMatrix::from_rows(values, merged.cols),
                           math::PackedMatrix::from_columns(values, merged.cols), scaled(bias.values, factor),
                           kernels);
  if (reduced) attention.reduced_ = ReducedProduct::from_rows(reduced->product, values, merged.cols);
  return attention;
}

ReducedAttention InterAttention::reduced_attention(std::size_t query_rows, std::size_t other_rows) const {
  return {reduced_->path(), query_rows, other_rows, padded_columns(other_rows), hidden_size()};
}

std::size_t InterAttention::lines_size(std::size_t query_rows, std::size_t other_rows) const {
  return reduced_ ? reduced_attention(query_rows, other_rows).lines_size() : 0;
}

// exp of the scores inside `scratch` behind the projected queries: query_rows rows of other_rows, each
// padded_columns(other_rows) long. Row t of A is row t of them times factor t.
InterAttention::Unscaled InterAttention::attention_rows(const InterAttentionInput& input, std::span<float> scratch,
                                                        std::span<math::HalfLine> lines) const {
  const std::size_t rows = input.query_rows, hidden = hidden_size();
  const std::size_t columns = padded_columns(input.other_rows);
  const std::span<float> projected = scratch.first(rows * hidden);
  const std::span<float> attention = scratch.subspan(projected.size(), rows * columns);
  if (reduced_) {
    reduced_->forward(input.queries, bias_, projected, lines);
    reduced_attention(rows, input.other_rows).scores(projected, input.others, attention, lines);
  } else {
    kernels_->packed_product(input.queries, merged_, bias_, projected, math::Output::kReplace);
    kernels_->product(projected, input.other_columns, attention,
                      {.m = rows, .n = columns, .k = hidden, .b_stride = input.column_stride});
  }
  const std::span<float> factors = scratch.subspan(projected.size() + attention.size(), rows);
  kernels_->exp_rows(attention, input.other_rows, columns, factors);
  return {attention, factors};
}

void InterAttention::forward(const InterAttentionInput& input, std::span<float> context, std::span<float> scratch,
                             std::span<math::HalfLine> lines) const {
  assert(input.queries.size() == input.query_rows * hidden_size() && context.size() == input.queries.size());
  assert(input.others.size() == input.other_rows * hidden_size());
  assert(scratch.size() >= scratch_size(input.query_rows, input.other_rows));
  assert(lines.size() >= lines_size(input.query_rows, input.other_rows));
  if (input.query_rows == 0 || input.other_rows == 0) {
    std::ranges::fill(context, 0.0f);
    return;
  }
  const Unscaled attention = attention_rows(input, scratch, lines);
  if (reduced_) {
    reduced_attention(input.query_rows, input.other_rows).context(attention.rows, input.others, context, lines);
  } else {
    kernels_->product(attention.rows, input.others, context,
                      {.m = input.query_rows,
                       .n = hidden_size(),
                       .k = input.other_rows,
                       .a_stride = padded_columns(input.other_rows)});
  }
  kernels_->scale_rows(attention.factors, context, context);
}

void InterAttention::weights(const InterAttentionInput& input, std::span<float> out, std::span<float> scratch,
                             std::span<math::HalfLine> lines) const {
  assert(out.size() == input.query_rows * input.other_rows);
  if (out.empty()) return;
  const Unscaled attention = attention_rows(input, scratch, lines);
  const std::size_t columns = padded_columns(input.other_rows);
  for (std::size_t row = 0; row < input.query_rows; ++row) {
    kernels_->scale(attention.factors[row], attention.rows.subspan(row * columns, input.other_rows),
                    out.subspan(row * input.other_rows, input.other_rows));
  }
}

void InterAttention::forward_pooled(const InterAttentionInput& input, std::span<float> context_last,
                                    std::span<float> context_mean, std::span<float> scratch,
                                    std::span<math::HalfLine> lines) const {
  assert(input.queries.size() == input.query_rows * hidden_size());
  assert(input.others.size() == input.other_rows * hidden_size());
  assert(context_last.size() == hidden_size() && context_mean.size() == hidden_size());
  assert(scratch.size() >= scratch_size(input.query_rows, input.other_rows));
  assert(lines.size() >= lines_size(input.query_rows, input.other_rows));
  std::ranges::fill(context_last, 0.0f);
  std::ranges::fill(context_mean, 0.0f);
  if (input.query_rows == 0 || input.other_rows == 0) return;
  const std::size_t others = input.other_rows, columns = padded_columns(others);
  const Unscaled attention = attention_rows(input, scratch, lines);
  const std::span<float> sums = scratch.subspan(input.query_rows * (hidden_size() + columns + 1), others);
  kernels_->product(attention.factors, attention.rows, sums,
                    {.m = 1, .n = others, .k = input.query_rows, .b_stride = columns});
  const math::ProductShape one_row{.m = 1, .n = hidden_size(), .k = others};
  kernels_->product(sums, input.others, context_mean, one_row);
  kernels_->scale(1.0f / static_cast<float>(input.query_rows), context_mean, context_mean);
  kernels_->product(attention.rows.last(columns), input.others, context_last, one_row);
  kernels_->scale(attention.factors.back(), context_last, context_last);
}

void InterAttention::query_of(std::span<const float> row, std::span<float> query) const {
  kernels_->packed_product(row, merged_, {}, query, math::Output::kReplace);
}

void InterAttention::key_of(std::span<const float> row, std::span<float> key) const {
  kernels_->packed_product(row, turned_, {}, key, math::Output::kReplace);
}

}  // namespace inkling::nn
