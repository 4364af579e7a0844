// Training checkpoints: where a fit stands, in one safetensors file that is replaced whole, so that a training that
// was killed at any moment goes on to the same weights. Not for packages: nothing serves from a checkpoint.
//
// A checkpoint belongs to one job (samples, parameters, seed, parent package) and is refused by any other. It is
// generic over what a fit carries: named tensors of any shape. Random numbers need no place in it, since every step
// draws from a stream of its own (fit_network.h). Written to a temporary file, flushed and renamed: after a kill in
// the middle of writing, the checkpoint before is still there. Every tensor has a checksum. Failure: kConflict for
// another job's, kCorrupt for a damaged one; the sentence says what to do.
#pragma once

#include <torch/nn.h>
#include <torch/optim.h>

#include <optional>
#include <string_view>
#include <vector>

#include "train/tensor_bytes.h"
#include "train/training_half.h"

namespace inkling::train {

struct FitOutcome {
  std::vector<EpochReport> epochs;
  int best_epoch = 0;
};

// How far the epoch under way has come.
struct EpochPosition {
  std::uint64_t batches = 0;  // done
  std::uint64_t samples = 0;
  double loss_sum = 0;
  double seconds = 0;
  double waited_seconds = 0;
};

struct Checkpoint {
  FitOutcome outcome;      // finished epochs
  EpochPosition position;  // of the next one
  std::int64_t steps = 0;  // since training began
  NamedTensors tensors;
};

[[nodiscard]] base::Status save_checkpoint(const TrainingJob& job, const Checkpoint& checkpoint);
// Nothing when the file is not there.
[[nodiscard]] base::Result<std::optional<Checkpoint>> load_checkpoint(const TrainingJob& job);
// Removes what a killed writer left beside the checkpoint.
void remove_unfinished_checkpoints(const TrainingJob& job);

// Copies of all parameters, in a fixed order; and back.
[[nodiscard]] std::vector<torch::Tensor> snapshot(const torch::nn::Module& module);
void restore(torch::nn::Module& module, const std::vector<torch::Tensor>& tensors);

// Adds `tensors` as "<group>.0", "<group>.1" and so on; and copies them back, kCorrupt unless all are there and fit.
void add_group(NamedTensors& out, std::string_view group, const std::vector<torch::Tensor>& tensors);
[[nodiscard]] base::Status copy_group(const NamedTensors& from, std::string_view group,
                                      const std::vector<torch::Tensor>& tensors);

// An optimiser's moments and counts; LibTorch offers them as an archive only, which travels as one tensor of bytes.
[[nodiscard]] torch::Tensor optimizer_state(const torch::optim::Optimizer& optimizer);
void restore_optimizer(torch::optim::Optimizer& optimizer, const torch::Tensor& state);

}  // namespace inkling::train
