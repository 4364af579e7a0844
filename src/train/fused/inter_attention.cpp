#include "train/fused/inter_attention.h"

#include <algorithm>
#include <cmath>

namespace inkling::train::fused {
namespace {

template <class Real>
void multiply_by(Real factor, std::span<Real> values) {
  if constexpr (kFast<Real>) {
    math::scale(factor, values, values);
  } else {
    for (Real& value : values) value *= factor;
  }
}

template <class Real>
std::vector<Real> scaled(std::span<const Real> values, Real factor) {
  std::vector<Real> result(values.begin(), values.end());
  multiply_by<Real>(factor, result);
  return result;
}

}  // namespace

template <class Real>
InterAttention<Real>::InterAttention(const ViewShape& shape, const ViewTensors<const Real>& weights, ReadOut read_out,
                                     ReducedPath path)
    : h_(shape.hidden), read_out_(read_out), scale_(1 / std::sqrt(static_cast<Real>(shape.hidden))) {
  if (weights.inter_merged.empty()) return;
  const std::vector<Real> merged = scaled(weights.inter_merged, scale_);
  merged_ = Factor<Real>::from_rows(merged, h_, path);
  bias_ = scaled(weights.inter_bias, scale_);
  merged_back_ = Factor<Real>::from_columns(merged, h_, path);
}

// Rows: the last record's weights, and the mean over all records.
template <class Real>
std::span<Real> InterAttention<Real>::pooled_weights(const InterTrace<Real>& trace, const OtherRows<Real>& others,
                                                     std::size_t length, InterWorkspace<Real>& workspace) const {
  const std::size_t stride = others.padded();
  const std::span<Real> pooled = workspace.pooled.take(2 * others.count);
  const std::span<const Real> weights = trace.weights;
  const auto last = weights.subspan((length - 1) * stride, others.count);
  std::copy(last.begin(), last.end(), pooled.begin());
  column_sums<Real>(weights.first((length - 1) * stride + others.count), stride, pooled.last(others.count));
  for (Real& value : pooled.last(others.count)) value /= static_cast<Real>(length);
  return pooled;
}

template <class Real>
void InterAttention<Real>::forward(std::span<const Real> own, const OtherRows<Real>& others,
                                   const InterTrace<Real>& trace, std::span<Real> out,
                                   InterWorkspace<Real>& workspace, Products<Real>& products) const {
  const std::size_t length = own.size() / h_, stride = others.padded();
  if (others.count > 0) {
    merged_.product(products, own, bias_, trace.queries);
    products.product_of_rows(trace.queries, others.rows, others.columns, trace.weights,
                             {.m = length, .n = stride, .k = h_, .b_stride = others.stride});
    softmax_rows<Real>(trace.weights.first((length - 1) * stride + others.count), others.count, stride);
  }
  if (read_out_ == ReadOut::kProduct) {
    if (others.count == 0) return std::fill(out.begin(), out.end(), Real(0));
    products.product(trace.weights, others.rows, trace.contexts,
                     {.m = length, .n = h_, .k = others.count, .a_stride = stride});
    return column_dots<Real>(own, trace.contexts, out);
  }
  column_sums<Real>(own, h_, out.last(h_));
  for (std::size_t i = 0; i < h_; ++i) {
    out[i] = own[(length - 1) * h_ + i];
    out[h_ + i] /= static_cast<Real>(length);
  }
  if (others.count == 0) return;
  add_product<Real>(pooled_weights(trace, others, length, workspace), others.rows, out,
                    {.m = 2, .n = h_, .k = others.count});
}

// What the read-out says of the states without regard to contexts.
template <class Real>
void InterAttention<Real>::rows_back(std::span<const Real> last_and_mean, std::span<Real> own_gradient) const {
  const std::size_t length = own_gradient.size() / h_;
  const std::span<Real> first = own_gradient.first(h_), last = own_gradient.last(h_);
  for (std::size_t i = 0; i < h_; ++i) first[i] = last_and_mean[h_ + i] / static_cast<Real>(length);
  for (std::size_t row = 1; row < length; ++row) {
    std::copy(first.begin(), first.end(), own_gradient.begin() + static_cast<std::ptrdiff_t>(row * h_));
  }
  add_to<Real>(last, last_and_mean.first(h_));
}

template <class Real>
std::span<Real> InterAttention<Real>::product_scores_back(
    std::span<const Real> own, const OtherRows<Real>& others, const InterTrace<Real>& trace,
    std::span<const Real> out_gradient, std::span<Real> own_gradient, std::span<Real> others_gradient,
    InterWorkspace<Real>& workspace, Products<Real>& products) const {
  const std::size_t length = own.size() / h_, stride = others.padded();
  multiply_rows<Real>(out_gradient, trace.contexts, own_gradient);
  const std::span<Real> outputs = workspace.outputs.take(own.size());
  multiply_rows<Real>(out_gradient, own, outputs);
  const std::span<Real> scores = workspace.scores.take(length * stride);
  products.product_of_rows(outputs, others.rows, others.columns, scores,
                           {.m = length, .n = stride, .k = h_, .b_stride = others.stride});
  softmax_rows_back<Real>(trace.weights, scores, stride, math::StridedRows{length, others.count, stride}, scores);
  products.add_transposed(trace.weights, outputs, others_gradient,
                          {.m = others.count, .n = h_, .k = length, .a_stride = stride});
  return scores;
}

// Every record's context enters the mean alike, so their weights' gradients are one row for all; the last has more.
template <class Real>
std::span<Real> InterAttention<Real>::mean_scores_back(const OtherRows<Real>& others, const InterTrace<Real>& trace,
                                                       std::span<const Real> last_and_mean, std::size_t length,
                                                       std::span<Real> others_gradient,
                                                       InterWorkspace<Real>& workspace,
                                                       Products<Real>& products) const {
  const std::size_t stride = others.padded(), before_last = (length - 1) * stride;
  add_transposed_product<Real>(pooled_weights(trace, others, length, workspace), last_and_mean, others_gradient,
                               {.m = others.count, .n = h_, .k = 2});
  const std::span<Real> sums = workspace.sums.take(2 * stride);
  products.product_of_rows(last_and_mean, others.rows, others.columns, sums,
                           {.m = 2, .n = stride, .k = h_, .b_stride = others.stride});
  const std::span<Real> each = sums.last(stride), last = sums.first(stride);
  for (std::size_t j = 0; j < stride; ++j) {
    each[j] /= static_cast<Real>(length);
    last[j] += each[j];
  }
  const std::span<Real> scores = workspace.scores.take(length * stride);
  softmax_rows_back<Real>(trace.weights, each, std::size_t{0}, math::StridedRows{length - 1, others.count, stride},
                          scores);
  softmax_rows_back<Real>(trace.weights.subspan(before_last), last, std::size_t{0},
                          math::StridedRows{1, others.count, stride}, scores.subspan(before_last));
  return scores;
}

template <class Real>
void InterAttention<Real>::backward(std::span<const Real> own, const OtherRows<Real>& others,
                                    const InterTrace<Real>& trace, std::span<const Real> out_gradient,
                                    std::span<Real> own_gradient, std::span<Real> others_gradient,
                                    InterWorkspace<Real>& workspace, Products<Real>& products,
                                    ViewTensors<Real>& gradients) const {
  const std::size_t length = own.size() / h_, stride = others.padded();
  if (read_out_ == ReadOut::kLastAndMean) rows_back(out_gradient, own_gradient);
  if (others.count == 0) {
    if (read_out_ == ReadOut::kProduct) std::fill(own_gradient.begin(), own_gradient.end(), Real(0));
    return;
  }
  const std::span<Real> scores =
      read_out_ == ReadOut::kProduct
          ? product_scores_back(own, others, trace, out_gradient, own_gradient, others_gradient, workspace, products)
          : mean_scores_back(others, trace, out_gradient, length, others_gradient, workspace, products);
  products.add_transposed(scores, trace.queries, others_gradient,
                          {.m = others.count, .n = h_, .k = length, .a_stride = stride});
  const std::span<Real> queries = workspace.queries.take(own.size());
  products.product(scores, others.rows, queries, {.m = length, .n = h_, .k = others.count, .a_stride = stride});
  merged_back_.add_product(products, queries, own_gradient);
  // Queries were scaled, so the gradients of what made them are, too.
  multiply_by<Real>(scale_, queries);
  products.add_weight_gradient(own, h_, h_, queries, h_, gradients.inter_merged);
  const std::span<Real> sums = workspace.sums.take(h_);
  column_sums<Real>(queries, h_, sums);
  add_to<Real>(gradients.inter_bias, sums);
}

template class InterAttention<float>;
template class InterAttention<double>;

}  // namespace inkling::train::fused
