// Training checkpoints: weights, optimiser, best weights so far and the epochs' reports, in one file that is replaced
// whole after every epoch. A checkpoint belongs to one job (samples, parameters, seed) and is refused by any other.
#pragma once

#include <torch/nn.h>
#include <torch/optim.h>

#include <vector>

#include "train/fit_network.h"

namespace inkling::train {

// Copies of all parameters, in a fixed order; and back.
[[nodiscard]] std::vector<torch::Tensor> snapshot(const torch::nn::Module& module);
void restore(torch::nn::Module& module, const std::vector<torch::Tensor>& tensors);

// What a fit carries besides the network and its optimiser.
struct KeptWeights {
  std::vector<torch::Tensor> best;     // of the best epoch so far
  std::vector<torch::Tensor> average;  // moving average over steps
  std::int64_t steps = 0;
};

[[nodiscard]] base::Status save_checkpoint(const TrainingJob& job, const Network& network,
                                           const torch::optim::Optimizer& optimizer, const KeptWeights& kept,
                                           const FitOutcome& outcome);
// Ok and nothing read when the file is not there; kConflict when it belongs to another job, kCorrupt when damaged.
[[nodiscard]] base::Status load_checkpoint(const TrainingJob& job, Network& network,
                                           torch::optim::Optimizer& optimizer, KeptWeights& kept,
                                           FitOutcome& outcome);

}  // namespace inkling::train
