#include "train/checkpoint.h"

#include <torch/serialize.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <sstream>
#include <system_error>
#include <utility>

#include "artifact/mapped_file.h"
#include "base/core/hash.h"
#include "base/files.h"
#include "train/arithmetic.h"

namespace inkling::train {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

// With the way to multiply, which depends on the machine: half of a training in each would be neither.
std::string fingerprint(const TrainingJob& job) {
  const std::optional<math::ProductPath> path = reduced_path(job);
  const std::string text = feature::blueprint_to_json(job.samples->blueprint).to_text() +
                           sample::sample_plan_to_json(job.samples->plan).to_text() + job.params.to_text() +
                           std::to_string(job.samples->part_counts[0]) +
                           (job.parent == nullptr ? "" : job.parent->name) + (path ? math::path_name(*path) : "");
  return std::to_string(base::name_hash(text)) + "/" + std::to_string(job.seed);
}

Json epoch_to_json(const EpochReport& epoch) {
  Json aucs = Json::array();
  for (const double auc : epoch.validation_auc) aucs.push(auc);
  Json json = Json::object();
  json.set("train_loss", epoch.train_loss).set("validation_loss", epoch.validation_loss);
  json.set("seconds", epoch.seconds).set("samples_per_second", epoch.samples_per_second);
  json.set("waited_seconds", epoch.waited_seconds).set("is_best", epoch.is_best);
  json.set("validation_auc", std::move(aucs));
  return json;
}

Json state_to_json(const Checkpoint& checkpoint) {
  Json epochs = Json::array();
  for (const EpochReport& epoch : checkpoint.outcome.epochs) epochs.push(epoch_to_json(epoch));
  const EpochPosition& position = checkpoint.position;
  Json json = Json::object();
  json.set("steps", checkpoint.steps).set("best_epoch", checkpoint.outcome.best_epoch);
  json.set("epochs", std::move(epochs));
  json.set("batches", static_cast<std::int64_t>(position.batches));
  json.set("samples", static_cast<std::int64_t>(position.samples));
  json.set("loss_sum", position.loss_sum).set("seconds", position.seconds);
  json.set("waited_seconds", position.waited_seconds);
  return json;
}

// NaN (no validation) is null in JSON.
Result<double> number_or_nan(const JsonView& view) {
  if (view.json().is_null()) return std::numeric_limits<double>::quiet_NaN();
  return view.as_number();
}

Result<double> number_or_nan(const JsonView& object, std::string_view key) {
  INKLING_ASSIGN(const JsonView member, object.member(key));
  return number_or_nan(member);
}

Result<EpochReport> epoch_from_json(const JsonView& view, int number) {
  EpochReport epoch;
  epoch.epoch = number;
  INKLING_ASSIGN(epoch.train_loss, number_or_nan(view, "train_loss"));
  INKLING_ASSIGN(epoch.validation_loss, number_or_nan(view, "validation_loss"));
  INKLING_ASSIGN(epoch.seconds, number_or_nan(view, "seconds"));
  INKLING_ASSIGN(epoch.samples_per_second, number_or_nan(view, "samples_per_second"));
  INKLING_ASSIGN(epoch.waited_seconds, number_or_nan(view, "waited_seconds"));
  INKLING_ASSIGN(const JsonView is_best, view.member("is_best"));
  INKLING_ASSIGN(epoch.is_best, is_best.as_boolean());
  INKLING_ASSIGN(const auto aucs, view.elements("validation_auc"));
  for (const JsonView& auc : aucs) {
    INKLING_ASSIGN(const double value, number_or_nan(auc));
    epoch.validation_auc.push_back(value);
  }
  return epoch;
}

Status state_from_json(const JsonView& view, Checkpoint& checkpoint) {
  INKLING_ASSIGN(checkpoint.steps, view.integer("steps", 0));
  INKLING_ASSIGN(const auto epochs, view.elements("epochs"));
  for (const JsonView& element : epochs) {
    INKLING_ASSIGN(EpochReport epoch,
                   epoch_from_json(element, static_cast<int>(checkpoint.outcome.epochs.size()) + 1));
    checkpoint.outcome.epochs.push_back(std::move(epoch));
  }
  INKLING_ASSIGN(const std::int64_t best, view.integer("best_epoch", 0, static_cast<std::int64_t>(epochs.size())));
  checkpoint.outcome.best_epoch = static_cast<int>(best);
  EpochPosition& position = checkpoint.position;
  INKLING_ASSIGN(const std::int64_t batches, view.integer("batches", 0));
  INKLING_ASSIGN(const std::int64_t samples, view.integer("samples", 0));
  position.batches = static_cast<std::uint64_t>(batches);
  position.samples = static_cast<std::uint64_t>(samples);
  INKLING_ASSIGN(position.loss_sum, view.number("loss_sum"));
  INKLING_ASSIGN(position.seconds, view.number("seconds"));
  INKLING_ASSIGN(position.waited_seconds, view.number("waited_seconds"));
  return {};
}

Result<Checkpoint> read_checkpoint(const TrainingJob& job, std::span<const std::byte> bytes) {
  INKLING_ASSIGN(const artifact::Safetensors file, artifact::Safetensors::parse(bytes));
  INKLING_TRY(file.verify_checksums());
  const auto& metadata = file.metadata();
  if (!metadata.contains("job") || !metadata.contains("state")) return base::corrupt("it holds no training job");
  if (metadata.at("job") != fingerprint(job)) {
    return base::conflict(
        "it belongs to another training job (other samples, parameters, parent or seed, or a machine "
        "with other instructions for precision: reduced)");
  }
  INKLING_ASSIGN(const Json state, Json::parse(metadata.at("state")));
  Checkpoint checkpoint;
  INKLING_TRY(state_from_json(JsonView(state), checkpoint));
  for (const artifact::TensorView& view : file.tensors()) {
    INKLING_ASSIGN(torch::Tensor tensor, tensor_of(view));
    checkpoint.tensors.emplace_back(view.name, std::move(tensor));
  }
  return checkpoint;
}

}  // namespace

Status save_checkpoint(const TrainingJob& job, const Checkpoint& checkpoint) {
  artifact::SafetensorsWriter writer;
  writer.set_metadata("job", fingerprint(job));
  writer.set_metadata("state", state_to_json(checkpoint).to_text());
  for (const auto& [name, tensor] : checkpoint.tensors) INKLING_TRY(add_tensor(writer, name, tensor));
  INKLING_ASSIGN(const std::vector<std::byte> bytes, writer.bytes());
  return base::write_file_atomic(job.checkpoint.string(),
                                 {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

Result<std::optional<Checkpoint>> load_checkpoint(const TrainingJob& job) {
  if (!std::filesystem::exists(job.checkpoint)) return std::optional<Checkpoint>();
  INKLING_ASSIGN(const artifact::MappedFile file, artifact::MappedFile::open(job.checkpoint));
  auto checkpoint = read_checkpoint(job, file.bytes());
  if (checkpoint.ok()) return std::optional<Checkpoint>(*std::move(checkpoint));
  const Status& status = checkpoint.status();
  const std::string remedy = "; remove it or train without --resume";
  if (status.code() == base::ErrorCode::kConflict) {
    return base::conflict(job.checkpoint.string() + ": " + status.message() + remedy);
  }
  return base::corrupt(job.checkpoint.string() + " is damaged or no checkpoint (" + status.message() + ")" + remedy);
}

void remove_unfinished_checkpoints(const TrainingJob& job) {
  const std::string unfinished = job.checkpoint.filename().string() + ".tmp-";
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(job.checkpoint.parent_path(), ignored)) {
    if (!entry.path().filename().string().starts_with(unfinished)) continue;
    std::filesystem::remove(entry.path(), ignored);
  }
}

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

void add_group(NamedTensors& out, std::string_view group, const std::vector<torch::Tensor>& tensors) {
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    out.emplace_back(std::string(group) + "." + std::to_string(i), tensors[i]);
  }
}

Status copy_group(const NamedTensors& from, std::string_view group, const std::vector<torch::Tensor>& tensors) {
  const torch::NoGradGuard no_gradient;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const std::string name = std::string(group) + "." + std::to_string(i);
    const auto found = std::ranges::find(from, name, &NamedTensors::value_type::first);
    if (found == from.end() || found->second.sizes() != tensors[i].sizes()) {
      return base::corrupt("the checkpoint's tensor \"" + name + "\" is missing or of another shape");
    }
    torch::Tensor target = tensors[i];
    target.copy_(found->second);
  }
  return {};
}

torch::Tensor optimizer_state(const torch::optim::Optimizer& optimizer) {
  torch::serialize::OutputArchive archive;
  optimizer.save(archive);
  std::ostringstream out;
  archive.save_to(out);
  const std::string bytes = out.str();
  torch::Tensor state = torch::empty({static_cast<std::int64_t>(bytes.size())}, torch::kUInt8);
  std::memcpy(state.data_ptr(), bytes.data(), bytes.size());
  return state;
}

void restore_optimizer(torch::optim::Optimizer& optimizer, const torch::Tensor& state) {
  torch::serialize::InputArchive archive;
  archive.load_from(static_cast<const char*>(state.data_ptr()), static_cast<std::size_t>(state.numel()));
  optimizer.load(archive);
}

}  // namespace inkling::train
