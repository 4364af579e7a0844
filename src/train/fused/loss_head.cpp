#include "train/fused/loss_head.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace inkling::train::fused {
namespace {

template <class Real>
void multiply_by(std::span<Real> values, std::span<const Real> mask) {
  for (std::size_t i = 0; i < mask.size(); ++i) values[i] *= mask[i];
}

template <class Real>
void units(double slope, std::span<Real> values, std::span<const Real> mask) {
  leaky_units<Real>(static_cast<Real>(slope), std::span<const Real>(), values);
  multiply_by(values, mask);
}

// A mask keeps the sign of an output or makes it 0, and then lets no gradient through.
template <class Real>
void units_back(double slope, std::span<const Real> outputs, std::span<const Real> mask, std::span<Real> gradient) {
  leaky_units_back<Real>(static_cast<Real>(slope), outputs, gradient, std::span<Real>());
  multiply_by(gradient, mask);
}

// Logits become the gradients of the returned sum.
template <class Real>
double cross_entropy(const HeadInput<Real>& input, std::span<Real> logits) {
  double sum = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const Real logit = logits[i], label = input.labels[i], factor = input.factors[i % input.factors.size()];
    const Real small = std::exp(-std::abs(logit));  // at most 1, whatever the logit
    sum += static_cast<double>(factor * (std::max(logit, Real(0)) - logit * label + std::log1p(small)));
    logits[i] = factor * ((logit >= 0 ? 1 : small) / (1 + small) - label);
  }
  return sum;
}

// The same for groups of samples.
template <class Real>
double listwise_cross_entropy(const HeadInput<Real>& input, std::span<Real> logits) {
  double sum = 0;
  std::span<const Real> labels = input.labels;
  for (const std::int64_t size : input.groups) {
    const std::span<Real> group = logits.first(static_cast<std::size_t>(size));
    const std::span<const Real> wanted = labels.first(group.size());
    logits = logits.subspan(group.size());
    labels = labels.subspan(group.size());
    const Real label_sum = std::accumulate(wanted.begin(), wanted.end(), Real(0));
    if (label_sum == 0) {
      std::fill(group.begin(), group.end(), Real(0));
      continue;
    }
    const Real highest = *std::max_element(group.begin(), group.end());
    Real all = 0;
    for (const Real logit : group) all += std::exp(logit - highest);
    const Real log_sum = highest + std::log(all);
    for (std::size_t i = 0; i < group.size(); ++i) {
      const Real share = wanted[i] / label_sum;
      sum += static_cast<double>(input.factors[0] * share * (log_sum - group[i]));
      group[i] = input.factors[0] * (std::exp(group[i] - log_sum) - share);
    }
  }
  return sum;
}

}  // namespace

template <class Real>
LossHead<Real>::LossHead(const HeadTensors<const Real>& weights)
    : weights_(weights), targets_(weights.layers.back().bias.size()) {
  for (const auto& layer : weights.layers) {
    layers_.push_back(Factor<Real>::from_columns(layer.weight, layer.bias.size(), {}));
  }
}

template <class Real>
void LossHead<Real>::forward(const HeadInput<Real>& input, Products<Real>& products,
                             HeadWorkspace<Real>& workspace) const {
  const std::size_t samples = input.labels.size() / targets_, last = layers_.size() - 1;
  workspace.outputs.resize(layers_.size());
  std::span<const Real> x = input.x;
  for (std::size_t l = 0; l <= last; ++l) {
    const std::span<Real> y = workspace.outputs[l].take(samples * weights_.layers[l].bias.size());
    layers_[l].product(products, x, weights_.layers[l].bias, y);
    if (l < last) units<Real>(weights_.slope, y, input.masks.empty() ? std::span<const Real>() : input.masks[l]);
    x = y;
  }
  if (weights_.wide.weight.empty()) return;
  const std::span<Real> more = workspace.next.take(samples * targets_);
  Factor<Real>::from_columns(weights_.wide.weight, targets_, {})
      .product(products, input.facts, weights_.wide.bias, more);
  add_to<Real>(workspace.outputs[last].take(more.size()), more);
}

template <class Real>
void LossHead<Real>::add_layer_gradients(std::span<const Real> of_outputs, std::span<const Real> inputs,
                                         LayerTensors<Real>& gradients, Products<Real>& products,
                                         HeadWorkspace<Real>& workspace) const {
  const std::size_t outputs = gradients.bias.size();
  products.add_weight_gradient(of_outputs, outputs, outputs, inputs, gradients.weight.size() / outputs,
                               gradients.weight);
  const std::span<Real> sums = workspace.sums.take(outputs);
  column_sums<Real>(of_outputs, outputs, sums);
  add_to<Real>(gradients.bias, sums);
}

template <class Real>
double LossHead<Real>::loss_and_gradients(const HeadInput<Real>& input, HeadWorkspace<Real>& workspace,
                                          HeadTensors<Real>& gradients, std::span<Real> x_gradient) const {
  const std::size_t samples = input.labels.size() / targets_;
  if (samples == 0) return 0;
  Products<Real> products({}, workspace.room);  // small: always in the operators' own numbers
  forward(input, products, workspace);
  const std::span<Real> of_logits = workspace.outputs.back().take(samples * targets_);
  const double loss =
      input.groups.empty() ? cross_entropy<Real>(input, of_logits) : listwise_cross_entropy<Real>(input, of_logits);
  std::span<const Real> of_outputs = of_logits;
  for (std::size_t l = layers_.size(); l-- > 0;) {
    const std::size_t out = weights_.layers[l].bias.size(), in = weights_.layers[l].weight.size() / out;
    const std::span<const Real> inputs = l == 0 ? input.x : workspace.outputs[l - 1].take(samples * in);
    add_layer_gradients(of_outputs, inputs, gradients.layers[l], products, workspace);
    auto& room = l % 2 == 0 ? workspace.gradient : workspace.next;
    const std::span<Real> of_inputs = l == 0 ? x_gradient : room.take(samples * in);
    product<Real>(of_outputs, weights_.layers[l].weight, of_inputs,
                  {.m = samples, .n = of_inputs.size() / samples, .k = out, .b_stride = in});
    if (l > 0) {
      units_back<Real>(weights_.slope, inputs, input.masks.empty() ? std::span<const Real>() : input.masks[l - 1],
                       of_inputs);
    }
    of_outputs = of_inputs;
  }
  if (weights_.wide.weight.empty()) return loss;
  add_layer_gradients(of_logits, input.facts, gradients.wide, products, workspace);
  const std::size_t width = input.x.size() / samples, facts = input.facts.size() / samples;
  add_product<Real>(of_logits, weights_.wide.weight, x_gradient.subspan(width - facts),
                    {.m = samples, .n = facts, .k = targets_, .c_stride = width});
  return loss;
}

template class LossHead<float>;
template class LossHead<double>;

}  // namespace inkling::train::fused
