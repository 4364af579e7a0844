// What the training halves of models have in common: the options of the training loop from a model's parameters, and
// LibTorch's modules as named tensors of a package. Not for what a network computes.
// Thread safety: none of its own. Failure: a Status that names the parameter or tensor.
#pragma once

#include <torch/nn.h>

#include <string>

#include "artifact/safetensors.h"
#include "base/core/json.h"
#include "base/core/result.h"
#include "feature/encoder.h"
#include "train/fit_network.h"
#include "train/tensor_bytes.h"

namespace inkling::train {

// From the parameters that params.yaml of such a model has: long_loss_weight (of every target but the first),
// learning_rate, weight_decay, warmup_steps, average_decay, gradient_clip, batch_size, max_epochs, patience.
[[nodiscard]] base::Result<FitOptions> fit_options(const base::JsonView& params, std::size_t targets);

// The one layer of a recurrent module: <prefix>weight_ih, weight_hh, bias_ih, bias_hh.
void add_recurrent(NamedTensors& out, const std::string& prefix, const torch::nn::Module& cell);
// Copies of them, in float, for a package.
[[nodiscard]] base::Result<artifact::SafetensorsWriter> package_weights(const NamedTensors& weights);

// One row an id, row 0 for padding; N(0, 0.1), because the usual N(0, 1) drowns the other inputs at first.
[[nodiscard]] torch::nn::Embedding make_embedding(const feature::Encoder& encoder, std::int64_t dim);

// Lets a network start from the base rates instead of learning them: one logit a target into the last layer's bias.
void start_from_rates(torch::Tensor bias, const std::vector<double>& base_rates);

// What a training half returns: the weights for a package, the job's parameters with its targets, and the epochs.
[[nodiscard]] base::Result<TrainedModel> trained_model(const NamedTensors& weights, const TrainingJob& job,
                                                       FitOutcome outcome);
// Runs a model's training. LibTorch reports by throwing; what it threw comes back as kInternal with its words.
[[nodiscard]] base::Result<TrainedModel> run_training(base::Result<TrainedModel> (*train)(const TrainingJob&),
                                                      const TrainingJob& job);

}  // namespace inkling::train
