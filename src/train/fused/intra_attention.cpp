#include "train/fused/intra_attention.h"

namespace inkling::train::fused {

template <class Real>
IntraAttention<Real>::IntraAttention(const ViewShape& shape, const ViewTensors<const Real>& weights,
                                     bool scale_by_length, ReducedPath path)
    : shape_(shape),
      weights_(weights),
      state_(Factor<Real>::from_columns(weights.intra_state, shape.attention, path)),
      state_back_(Factor<Real>::from_rows(weights.intra_state, shape.hidden, path)),
      last_(Factor<Real>::from_columns(weights.intra_last, shape.attention, {})),
      scale_by_length_(scale_by_length) {}

template <class Real>
void IntraAttention<Real>::forward(std::span<const Real> states, std::span<Real> keys, std::span<Real> factors,
                                   std::span<Real> attended, IntraWorkspace<Real>& workspace,
                                   Products<Real>& products) const {
  const std::span<Real> shift = workspace.shift.take(shape_.attention);
  last_.product(products, states.last(shape_.hidden), weights_.intra_bias, shift);
  state_.product(products, states, {}, keys);
  tanh_keys<Real>(shift, weights_.intra_query, keys, factors);
  softmax_rows<Real>(factors, factors.size(), factors.size());
  if (scale_by_length_) {
    for (Real& factor : factors) factor *= static_cast<Real>(factors.size());
  }
  scale_rows<Real>(factors, states, attended);
}

template <class Real>
void IntraAttention<Real>::backward(std::span<const Real> states, std::span<Real> keys, std::span<const Real> factors,
                                    std::span<Real> gradient, IntraWorkspace<Real>& workspace,
                                    Products<Real>& products, ViewTensors<Real>& gradients) const {
  const std::size_t h = shape_.hidden, a = shape_.attention, length = factors.size();
  const std::span<Real> scores = workspace.scores.take(length);
  row_dots<Real>(gradient, states, scores);
  Real mean = 0;
  for (std::size_t j = 0; j < length; ++j) mean += factors[j] * scores[j];
  if (scale_by_length_) mean /= static_cast<Real>(length);
  for (std::size_t j = 0; j < length; ++j) scores[j] = factors[j] * (scores[j] - mean);
  const std::span<Real> of_shift = workspace.shift_gradient.zeros(a);
  tanh_keys_back<Real>(scores, weights_.intra_query, keys, of_shift, gradients.intra_query);
  scale_rows<Real>(factors, gradient, gradient);
  state_back_.add_product(products, keys, gradient);
  add_product<Real>(of_shift, weights_.intra_last, gradient.last(h), {.m = 1, .n = h, .k = a});
  products.add_weight_gradient(keys, a, a, states, h, gradients.intra_state);
  add_transposed_product<Real>(of_shift, states.last(h), gradients.intra_last, {.m = a, .n = h, .k = 1});
  add_to<Real>(gradients.intra_bias, of_shift);
}

template class IntraAttention<float>;
template class IntraAttention<double>;

}  // namespace inkling::train::fused
