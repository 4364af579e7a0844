#include "train/network_parts.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <utility>

#include "feature/target_json.h"

namespace inkling::train {

using base::Result;
using torch::Tensor;

Result<FitOptions> fit_options(const base::JsonView& params, std::size_t targets) {
  FitOptions options;
  INKLING_ASSIGN(const double lambda, params.number("long_loss_weight"));
  options.loss_weights.assign(targets, lambda);
  options.loss_weights.front() = 1;
  INKLING_ASSIGN(options.learning_rate, params.number("learning_rate"));
  INKLING_ASSIGN(options.weight_decay, params.number("weight_decay"));
  INKLING_ASSIGN(options.warmup_steps, params.integer("warmup_steps"));
  INKLING_ASSIGN(options.average_decay, params.number("average_decay"));
  INKLING_ASSIGN(options.gradient_clip, params.number("gradient_clip"));
  INKLING_ASSIGN(options.batch_size, params.integer("batch_size"));
  INKLING_ASSIGN(const std::int64_t epochs, params.integer("max_epochs"));
  INKLING_ASSIGN(const std::int64_t patience, params.integer("patience"));
  options.max_epochs = static_cast<int>(epochs);
  options.patience = static_cast<int>(patience);
  return options;
}

void add_recurrent(NamedTensors& out, const std::string& prefix, const torch::nn::Module& cell) {
  const auto weights = cell.named_parameters();
  for (const char* name : {"weight_ih", "weight_hh", "bias_ih", "bias_hh"}) {
    out.emplace_back(prefix + name, weights[std::string(name) + "_l0"]);
  }
}

Result<artifact::SafetensorsWriter> package_weights(const NamedTensors& weights) {
  artifact::SafetensorsWriter out;
  for (const auto& [name, tensor] : weights) INKLING_TRY(add_tensor(out, name, tensor.to(torch::kFloat32)));
  return out;
}

torch::nn::Embedding make_embedding(const feature::Encoder& encoder, std::int64_t dim) {
  torch::nn::Embedding embedding(torch::nn::EmbeddingOptions(encoder.id_count(), dim).padding_idx(0));
  const torch::NoGradGuard no_gradient;
  embedding->weight.mul_(0.1);
  return embedding;
}

void start_from_rates(Tensor bias, const std::vector<double>& base_rates) {
  const torch::NoGradGuard no_gradient;
  for (std::size_t k = 0; k < base_rates.size(); ++k) {
    const double rate = std::clamp(base_rates[k], 1e-4, 1 - 1e-4);
    bias[static_cast<std::int64_t>(k)] = std::log(rate / (1 - rate));
  }
}

Result<TrainedModel> trained_model(const NamedTensors& weights, const TrainingJob& job, FitOutcome outcome) {
  TrainedModel trained;
  INKLING_ASSIGN(trained.weights, package_weights(weights));
  trained.params = job.params;
  trained.params.set("targets", feature::targets_to_json(job.samples->plan.targets));
  trained.epochs = std::move(outcome.epochs);
  trained.best_epoch = outcome.best_epoch;
  return trained;
}

Result<TrainedModel> run_training(Result<TrainedModel> (*train)(const TrainingJob&), const TrainingJob& job) {
  try {
    return train(job);
  } catch (const c10::Error& error) {
    return base::internal_error(std::string("LibTorch: ") + error.what_without_backtrace());
  } catch (const std::exception& error) {
    return base::internal_error(std::string("LibTorch: ") + error.what());
  }
}

}  // namespace inkling::train
