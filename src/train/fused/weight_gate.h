// The gate between a candidate's weight of a behaviour and the triggers', when it learns:
// g = sigmoid(a w^x + b w^c + k . ctx + d), w = g w^x + (1 - g) w^c, one gate a behaviour and candidate.
// Shapes: target weights and results [N x T], trigger weights [T], context [D]; T at least 1.
// Thread safety: the object is immutable. Cost: one pass each way. Source: "CAAM", gate fusion; models.md B.2 step 4;
// the form of the gate is ours.
#pragma once

#include <span>

#include "train/fused/add_on_tensors.h"
#include "train/fused/kernels.h"

namespace inkling::train::fused {

template <class Real>
class WeightGate {
 public:
  explicit WeightGate(const AddOnTensors<const Real>& weights)
      : scale_(weights.gate_scale), context_(weights.gate_context), bias_(weights.gate_bias[0]) {}

  // Leaves the gates for the way back.
  void forward(std::span<const Real> target, std::span<const Real> trigger, std::span<const Real> context,
               std::span<Real> gates, std::span<Real> out) const {
    const Real shift = bias_ + dot<Real>(context_, context);
    for (std::size_t begin = 0; begin < target.size(); begin += trigger.size()) {
      for (std::size_t t = 0; t < trigger.size(); ++t) {
        gates[begin + t] = scale_[0] * target[begin + t] + scale_[1] * trigger[t] + shift;
      }
    }
    sigmoid<Real>(gates, gates);
    for (std::size_t begin = 0; begin < target.size(); begin += trigger.size()) {
      for (std::size_t t = 0; t < trigger.size(); ++t) {
        out[begin + t] = trigger[t] + gates[begin + t] * (target[begin + t] - trigger[t]);
      }
    }
  }

  // of_out [N x T] becomes the gradient of the target's weights; adds to that of the triggers' and to `gradients`.
  void backward(std::span<const Real> target, std::span<const Real> trigger, std::span<const Real> context,
                std::span<const Real> gates, std::span<Real> of_out, std::span<Real> of_trigger,
                AddOnTensors<Real>& gradients) const {
    Real of_target_scale = 0, of_trigger_scale = 0, of_shift = 0;
    for (std::size_t begin = 0; begin < target.size(); begin += trigger.size()) {
      for (std::size_t t = 0; t < trigger.size(); ++t) {
        const Real gradient = of_out[begin + t], gate = gates[begin + t];
        const Real own = target[begin + t], other = trigger[t];
        const Real of_sum = gradient * (own - other) * gate * (1 - gate);
        of_target_scale += of_sum * own;
        of_trigger_scale += of_sum * other;
        of_shift += of_sum;
        of_out[begin + t] = gradient * gate + of_sum * scale_[0];
        of_trigger[t] += gradient * (1 - gate) + of_sum * scale_[1];
      }
    }
    gradients.gate_scale[0] += of_target_scale;
    gradients.gate_scale[1] += of_trigger_scale;
    gradients.gate_bias[0] += of_shift;
    for (std::size_t i = 0; i < context.size(); ++i) gradients.gate_context[i] += of_shift * context[i];
  }

 private:
  std::span<const Real> scale_, context_;
  Real bias_;
};

}  // namespace inkling::train::fused
