// LossHead over LibTorch's layers: adds to the .grad of their parameters directly, as BodyFunction does.
// Dropout draws what LibTorch's draws, in the same order. Thread safety: one thread at a time. Failure: c10::Error.
#pragma once

#include <torch/nn/modules/linear.h>

#include <vector>

#include "train/fused/loss_head.h"

namespace inkling::train::fused {

class LossFunction {
 public:
  struct Layers {
    const std::vector<torch::nn::Linear>& mlp;  // the last one gives the logits
    const torch::nn::Linear& wide;              // from the facts to the logits; may be empty
    double dropout = 0;                         // of hidden layers' outputs
  };
  struct Found {
    double loss = 0;
    torch::Tensor gradient;  // of the read-out and the facts, side by side
  };
  // Everything times `share`: the joint loss (fit_network.h) of these samples, and its gradients. read: [B, width],
  // facts: [B, facts], labels: [B, targets], in float on the CPU and without gradient.
  [[nodiscard]] Found add_gradients(const Layers& layers, const torch::Tensor& read, const torch::Tensor& facts,
                                    const torch::Tensor& labels, const std::vector<double>& loss_weights,
                                    double share);

 private:
  HeadWorkspace<float> workspace_;
};

}  // namespace inkling::train::fused
