// Attention inside one view of one sample: every state times its softmax weight (times the length, if asked), where
// the additive scorer knows the last state. Source: models.md A.3 step 3. Thread safety: the object is immutable.
#pragma once

#include <span>

#include "train/fused/buffer.h"
#include "train/fused/products.h"
#include "train/fused/tensors.h"

namespace inkling::train::fused {

template <class Real>
struct IntraWorkspace {
  Buffer<Real> shift, shift_gradient, scores;
};

template <class Real>
class IntraAttention {
 public:
  IntraAttention(const ViewShape& shape, const ViewTensors<const Real>& weights, bool scale_by_length,
                 ReducedPath path);

  // states, attended: [length x H], length > 0. Kept for the way back: keys [length x A], factors [length].
  void forward(std::span<const Real> states, std::span<Real> keys, std::span<Real> factors, std::span<Real> attended,
               IntraWorkspace<Real>& workspace, Products<Real>& products) const;
  // `gradient` of the attended states becomes that of the states. Keys are overwritten.
  void backward(std::span<const Real> states, std::span<Real> keys, std::span<const Real> factors,
                std::span<Real> gradient, IntraWorkspace<Real>& workspace, Products<Real>& products,
                ViewTensors<Real>& gradients) const;

 private:
  ViewShape shape_;
  ViewTensors<const Real> weights_;
  Factor<Real> state_, state_back_, last_;
  bool scale_by_length_;
};

}  // namespace inkling::train::fused
