// An MLP of (leaky) ReLU layers over what was read out, a linear layer beside it if asked, sigmoid targets and their
// weighted cross-entropy, or one softmax over the samples of a group: the loss and all gradients in one pass forward
// and back, without a graph. Not for scoring without labels.
// Source: models.md A.3 steps 6 and 7, B.2; LibTorch's binary_cross_entropy_with_logits.
// Thread safety: the object is immutable; workspaces belong to one call at a time. Cost: 6 multiply-adds a weight and
// sample, and laying out the weights, once an object.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "train/fused/buffer.h"
#include "train/fused/products.h"

namespace inkling::train::fused {

// A layer's tensors (Real const) or their gradients, LibTorch's [out x in] and [out].
template <class Real>
struct LayerTensors {
  std::span<Real> weight, bias;
};

template <class Real>
struct HeadTensors {
  std::vector<LayerTensors<Real>> layers;  // the last one's outputs are the logits
  LayerTensors<Real> wide;                 // from the facts straight to the logits; empty: there is none
  double slope = 0;                        // of hidden units below zero; 0: ReLU
};

// Columns of x.
struct ColumnRange {
  std::size_t begin = 0, size = 0;
};

// Samples one after another.
template <class Real>
struct HeadInput {
  std::span<const Real> x;        // [samples x width], the facts last
  std::span<const Real> facts;    // [samples x number of facts]; read by the wide layer only
  std::span<const Real> labels;   // [samples x targets]
  std::span<const Real> factors;  // [targets]: what each target's cross-entropy counts in the sum
  // Sizes of groups of samples that follow each other: the loss is then the listwise one of one target, the softmax
  // over a group against its labels made a distribution; a group without any teaches nothing. Empty: each sample by
  // itself.
  std::span<const std::int64_t> groups;
  // Sizes of groups of samples that follow each other and agree in the head's shared columns; none: no sample shares.
  std::span<const std::int64_t> sharing;
  std::vector<std::span<const Real>>
      masks;  // of each hidden layer's outputs, times which they go on; none: no dropout
};

template <class Real>
struct HeadWorkspace {
  std::vector<Buffer<Real>> outputs;  // a layer each
  Buffer<Real> gradient, next, sums;
  Buffer<Real> own, shared, starts, of_starts, of_shared;  // of the first layer by parts
  ProductRoom room;
};

template <class Real>
class LossHead {
 public:
  // Keeps the spans of `weights` and copies laid out for the products; make a new one when the weights have changed.
  // `shared`: columns, increasing, in which the samples of one group of HeadInput::sharing agree. The first layer's
  // part of them is computed once a group, and on the way back summed over the group before it is multiplied.
  explicit LossHead(const HeadTensors<const Real>& weights, std::vector<ColumnRange> shared = {});

  // The sum over samples and targets (or groups) of factor x cross-entropy. Adds to `gradients`, writes that of x
  // (the wide layer's part included) to `x_gradient`; [samples x fewer] takes that of the first columns alone,
  // without a wide layer. Of shared columns a group's sum stands in its first sample's row, and zeros in the others.
  [[nodiscard]] double loss_and_gradients(const HeadInput<Real>& input, HeadWorkspace<Real>& workspace,
                                          HeadTensors<Real>& gradients, std::span<Real> x_gradient) const;

 private:
  void forward(const HeadInput<Real>& input, Products<Real>& products, HeadWorkspace<Real>& workspace) const;
  void add_bias_gradient(std::span<const Real> of_outputs, std::span<Real> gradient,
                         HeadWorkspace<Real>& workspace) const;
  void add_layer_gradients(std::span<const Real> of_outputs, std::span<const Real> inputs,
                           LayerTensors<Real>& gradients, Products<Real>& products,
                           HeadWorkspace<Real>& workspace) const;

  // The first layer by parts.
  [[nodiscard]] bool shares(const HeadInput<Real>& input) const;
  void first_layer(const HeadInput<Real>& input, Products<Real>& products, HeadWorkspace<Real>& workspace,
                   std::span<Real> y) const;
  void first_layer_back(const HeadInput<Real>& input, std::span<const Real> of_outputs, std::span<Real> gradient,
                        std::span<Real> x_gradient, HeadWorkspace<Real>& workspace) const;

  HeadTensors<const Real> weights_;
  std::vector<Factor<Real>> layers_;
  std::vector<ColumnRange> shared_, own_;
  Factor<Real> shared_factor_, own_factor_;
  std::size_t targets_;
};

}  // namespace inkling::train::fused
