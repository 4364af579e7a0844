#include "train/fused/loss_function.h"

#include <numeric>

#include "train/fused/tensor_spans.h"

namespace inkling::train::fused {
namespace {

using torch::Tensor;

template <class Real, class Change>
HeadTensors<Real> tensors_of(const LossFunction::Layers& layers, const Change& change) {
  HeadTensors<Real> head;
  for (const torch::nn::Linear& layer : layers.mlp) {
    head.layers.push_back({span_of<Real>(change(layer->weight)), span_of<Real>(change(layer->bias))});
  }
  if (layers.wide.is_empty()) return head;
  head.wide = {span_of<Real>(change(layers.wide->weight)), span_of<Real>(change(layers.wide->bias))};
  return head;
}

std::vector<Tensor> draw_masks(const LossFunction::Layers& layers, const Tensor& like) {
  std::vector<Tensor> masks;
  if (layers.dropout == 0) return masks;
  for (std::size_t l = 0; l + 1 < layers.mlp.size(); ++l) {
    const Tensor mask = torch::empty({like.size(0), layers.mlp[l]->bias.size(0)}, like.options());
    masks.push_back(mask.bernoulli_(1 - layers.dropout).div_(1 - layers.dropout));
  }
  return masks;
}

}  // namespace

LossFunction::Found LossFunction::add_gradients(const Layers& layers, const Tensor& read, const Tensor& facts,
                                                const Tensor& labels, const std::vector<double>& loss_weights,
                                                double share) {
  const torch::NoGradGuard no_gradient;
  const Tensor x = torch::cat({read, facts}, 1), all_facts = facts.contiguous(), all_labels = labels.contiguous();
  const std::vector<Tensor> masks = draw_masks(layers, x);
  const double sum = std::accumulate(loss_weights.begin(), loss_weights.end(), 0.0);
  std::vector<float> factors;
  for (const double weight : loss_weights) {
    factors.push_back(static_cast<float>(share * weight / sum / static_cast<double>(x.size(0))));
  }
  HeadInput<float> input{span_of<const float>(x),
                         span_of<const float>(all_facts),
                         span_of<const float>(all_labels),
                         factors,
                         {},
                         {},
                         {}};
  for (const Tensor& mask : masks) input.masks.push_back(span_of<const float>(mask));
  auto gradients = tensors_of<float>(layers, gradient_of);
  Found found{0, torch::empty_like(x)};
  const LossHead<float> head(tensors_of<const float>(layers, [](const Tensor& tensor) { return tensor; }));
  found.loss = head.loss_and_gradients(input, workspace_, gradients, span_of<float>(found.gradient));
  return found;
}

}  // namespace inkling::train::fused
