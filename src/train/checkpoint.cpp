#include "train/checkpoint.h"

#include <torch/serialize.h>

#include <cmath>
#include <limits>
#include <sstream>

#include "base/core/hash.h"
#include "base/files.h"

namespace inkling::train {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

std::string fingerprint(const TrainingJob& job) {
  const std::string text = feature::blueprint_to_json(job.samples->blueprint).to_text() +
                           sample::sample_plan_to_json(job.samples->plan).to_text() + job.params.to_text() +
                           std::to_string(job.samples->part_counts[0]);
  return std::to_string(base::name_hash(text)) + "/" + std::to_string(job.seed);
}

Json outcome_to_json(const FitOutcome& outcome) {
  Json json = Json::object();
  json.set("best_epoch", outcome.best_epoch);
  Json epochs = Json::array();
  for (const EpochReport& epoch : outcome.epochs) {
    Json aucs = Json::array();
    for (const double auc : epoch.validation_auc) aucs.push(auc);
    Json row = Json::array();
    row.push(epoch.train_loss).push(epoch.validation_loss).push(epoch.seconds).push(epoch.samples_per_second);
    row.push(epoch.is_best).push(std::move(aucs));
    epochs.push(std::move(row));
  }
  json.set("epochs", std::move(epochs));
  return json;
}

// NaN (no validation) is null in JSON.
Result<double> number_or_nan(const JsonView& view) {
  if (view.json().is_null()) return std::numeric_limits<double>::quiet_NaN();
  return view.as_number();
}

Result<EpochReport> epoch_from_json(const JsonView& view, int number) {
  INKLING_ASSIGN(const auto row, view.as_elements());
  if (row.size() != 6) return view.refuse("expected six values");
  EpochReport epoch;
  epoch.epoch = number;
  INKLING_ASSIGN(epoch.train_loss, number_or_nan(row[0]));
  INKLING_ASSIGN(epoch.validation_loss, number_or_nan(row[1]));
  INKLING_ASSIGN(epoch.seconds, number_or_nan(row[2]));
  INKLING_ASSIGN(epoch.samples_per_second, number_or_nan(row[3]));
  INKLING_ASSIGN(epoch.is_best, row[4].as_boolean());
  INKLING_ASSIGN(const auto aucs, row[5].as_elements());
  for (const JsonView& auc : aucs) {
    INKLING_ASSIGN(const double value, number_or_nan(auc));
    epoch.validation_auc.push_back(value);
  }
  return epoch;
}

Status outcome_from_json(const std::string& text, FitOutcome& outcome) {
  INKLING_ASSIGN(const Json json, Json::parse(text));
  const JsonView view(json);
  INKLING_ASSIGN(const std::int64_t best, view.integer("best_epoch", 0));
  INKLING_ASSIGN(const auto epochs, view.elements("epochs"));
  outcome.best_epoch = static_cast<int>(best);
  for (const JsonView& element : epochs) {
    INKLING_ASSIGN(EpochReport epoch, epoch_from_json(element, static_cast<int>(outcome.epochs.size()) + 1));
    outcome.epochs.push_back(std::move(epoch));
  }
  return {};
}

}  // namespace

std::vector<torch::Tensor> snapshot(const torch::nn::Module& module) {
  std::vector<torch::Tensor> tensors;
  for (const auto& tensor : module.parameters()) tensors.push_back(tensor.detach().clone());
  return tensors;
}

void restore(torch::nn::Module& module, const std::vector<torch::Tensor>& tensors) {
  const torch::NoGradGuard no_gradient;
  auto parameters = module.parameters();
  for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i].copy_(tensors[i]);
}

Status save_checkpoint(const TrainingJob& job, const Network& network, const torch::optim::Optimizer& optimizer,
                       const KeptWeights& kept, const FitOutcome& outcome) {
  torch::serialize::OutputArchive archive;
  torch::serialize::OutputArchive weights, moments;
  network.save(weights);
  optimizer.save(moments);
  archive.write("job", c10::IValue(fingerprint(job)));
  archive.write("outcome", c10::IValue(outcome_to_json(outcome).to_text()));
  archive.write("weights", weights);
  archive.write("optimizer", moments);
  archive.write("best", c10::IValue(kept.best));
  archive.write("average", c10::IValue(kept.average));
  archive.write("steps", c10::IValue(kept.steps));
  std::ostringstream bytes;
  archive.save_to(bytes);
  return base::write_file_atomic(job.checkpoint.string(), bytes.str());
}

namespace {

Status read_checkpoint(const TrainingJob& job, Network& network, torch::optim::Optimizer& optimizer,
                       KeptWeights& kept, FitOutcome& outcome) {
  torch::serialize::InputArchive archive, weights, moments;
  c10::IValue text;
  archive.load_from(job.checkpoint.string());
  archive.read("job", text);
  if (text.toStringRef() != fingerprint(job)) {
    return base::conflict(job.checkpoint.string() +
                          " belongs to another training job (other samples, parameters or "
                          "seed); remove it or train without --resume");
  }
  archive.read("outcome", text);
  INKLING_TRY(outcome_from_json(text.toStringRef(), outcome).within(job.checkpoint.string()));
  archive.read("weights", weights);
  network.load(weights);
  archive.read("optimizer", moments);
  optimizer.load(moments);
  archive.read("best", text);
  kept.best = text.toTensorVector();
  archive.read("average", text);
  kept.average = text.toTensorVector();
  archive.read("steps", text);
  kept.steps = text.toInt();
  return {};
}

}  // namespace

Status load_checkpoint(const TrainingJob& job, Network& network, torch::optim::Optimizer& optimizer,
                       KeptWeights& kept, FitOutcome& outcome) {
  if (job.checkpoint.empty() || !std::filesystem::exists(job.checkpoint)) return {};
  try {
    return read_checkpoint(job, network, optimizer, kept, outcome);
  } catch (const std::exception&) {  // LibTorch's message is a stack trace
    return base::corrupt(job.checkpoint.string() +
                         " is damaged or no checkpoint; remove it or train without --resume");
  }
}

}  // namespace inkling::train
