#include "train/fused/trigger_weights.h"

#include <cassert>
#include <cmath>

namespace inkling::train::fused {

template <class Real>
TriggerWeights<Real>::TriggerWeights(const AddOnShape& shape, const AddOnTensors<const Real>& weights)
    : e_(shape.dim),
      heads_(shape.heads),
      head_width_(shape.dim / shape.heads),
      scale_(Real(1) / std::sqrt(static_cast<Real>(head_width_))),
      query_(weights.trigger_query),
      key_(weights.trigger_key),
      head_weights_(weights.trigger_heads),
      key_columns_(key_.size()),
      query_factor_(Factor<Real>::from_columns(query_, e_, {})) {
  assert(head_width_ * heads_ == e_ && head_weights_.size() == heads_);
  transpose<Real>(key_, e_, key_columns_, e_);
}

template <class Real>
std::span<Real> TriggerWeights<Real>::row_factors(std::size_t steps, std::size_t triggers,
                                                  TriggerWorkspace<Real>& workspace) const {
  const std::span<Real> factors = workspace.factors.take(heads_ * triggers);
  for (std::size_t row = 0; row < factors.size(); ++row) {
    factors[row] = head_weights_[row / triggers] * static_cast<Real>(steps) / static_cast<Real>(triggers);
  }
  return factors;
}

template <class Real>
void TriggerWeights<Real>::forward(std::span<const Real> behaviour_columns, std::span<const Real> triggers,
                                   const TriggerTrace<Real>& trace, std::span<Real> weights,
                                   TriggerWorkspace<Real>& workspace, Products<Real>& products) const {
  const std::size_t steps = weights.size(), count = triggers.size() / e_, rows = heads_ * count;
  query_factor_.product(products, triggers, {}, trace.queries);
  for (Real& value : trace.queries) value *= scale_;
  for (std::size_t k = 0; k < heads_; ++k) {
    product<Real>(trace.queries.subspan(k * head_width_), key_.subspan(k * head_width_ * e_, head_width_ * e_),
                  trace.rows.subspan(k * count * e_, count * e_),
                  {.m = count, .n = e_, .k = head_width_, .a_stride = e_});
  }
  product<Real>(trace.rows, behaviour_columns, trace.weights, {.m = rows, .n = steps, .k = e_});
  softmax_rows<Real>(trace.weights, steps, steps);
  product<Real>(row_factors(steps, count, workspace), trace.weights, weights, {.m = 1, .n = steps, .k = rows});
}

template <class Real>
void TriggerWeights<Real>::rows_back(std::span<const Real> triggers, const TriggerTrace<Real>& trace,
                                     std::span<const Real> of_rows, std::span<Real> trigger_gradients,
                                     TriggerWorkspace<Real>& workspace, AddOnTensors<Real>& gradients) const {
  const std::size_t count = triggers.size() / e_;
  const std::span<Real> of_queries = workspace.query_gradients.take(count * e_);
  for (std::size_t k = 0; k < heads_; ++k) {
    const std::size_t begin = k * head_width_;
    const std::span<const Real> of_head = of_rows.subspan(k * count * e_, count * e_);
    product<Real>(of_head, std::span<const Real>(key_columns_).subspan(begin), of_queries.subspan(begin),
                  {.m = count, .n = head_width_, .k = e_, .b_stride = e_, .c_stride = e_});
    add_transposed_product<Real>(trace.queries.subspan(begin), of_head,
                                 gradients.trigger_key.subspan(begin * e_, head_width_ * e_),
                                 {.m = head_width_, .n = e_, .k = count, .a_stride = e_});
  }
  for (Real& value : of_queries) value *= scale_;
  add_transposed_product<Real>(of_queries, triggers, gradients.trigger_query, {.m = e_, .n = e_, .k = count});
  add_product<Real>(of_queries, query_, trigger_gradients, {.m = count, .n = e_, .k = e_});
}

template <class Real>
void TriggerWeights<Real>::backward(std::span<const Real> behaviours, std::span<const Real> triggers,
                                    const TriggerTrace<Real>& trace, std::span<const Real> weight_gradients,
                                    std::span<Real> behaviour_gradients, std::span<Real> trigger_gradients,
                                    TriggerWorkspace<Real>& workspace, AddOnTensors<Real>& gradients) const {
  const std::size_t steps = weight_gradients.size(), count = triggers.size() / e_, rows = heads_ * count;
  const Real of_head = static_cast<Real>(steps) / static_cast<Real>(count);
  for (std::size_t row = 0; row < rows; ++row) {
    gradients.trigger_heads[row / count] +=
        of_head * dot<Real>(trace.weights.subspan(row * steps, steps), weight_gradients);
  }
  const std::span<Real> of_logits = workspace.logit_gradients.take(rows * steps);
  softmax_rows_back<Real>(trace.weights, weight_gradients, std::size_t{0}, math::StridedRows{rows, steps, steps},
                          of_logits);
  scale_rows<Real>(row_factors(steps, count, workspace), of_logits, of_logits);
  const std::span<Real> of_rows = workspace.row_gradients.take(rows * e_);
  product<Real>(of_logits, behaviours, of_rows, {.m = rows, .n = e_, .k = steps});
  add_transposed_product<Real>(of_logits, trace.rows, behaviour_gradients, {.m = steps, .n = e_, .k = rows});
  rows_back(triggers, trace, of_rows, trigger_gradients, workspace, gradients);
}

template class TriggerWeights<float>;
template class TriggerWeights<double>;

}  // namespace inkling::train::fused
