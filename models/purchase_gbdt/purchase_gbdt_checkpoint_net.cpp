#include "models/purchase_gbdt/purchase_gbdt_checkpoint_net.h"

#include <filesystem>
#include <limits>
#include <utility>

#include "artifact/mapped_file.h"
#include "artifact/safetensors.h"
#include "base/core/hash.h"
#include "base/files.h"

namespace inkling::models::purchase_gbdt {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

std::string fingerprint(const train::TrainingJob& job) {
  const std::string text = feature::blueprint_to_json(job.samples->blueprint).to_text() +
                           sample::sample_plan_to_json(job.samples->plan).to_text() + job.params.to_text() +
                           std::to_string(job.samples->part_counts[0]);
  return std::to_string(base::name_hash(text)) + "/" + std::to_string(job.seed);
}

std::string booster_name(std::size_t target) {
  return "booster." + std::to_string(target);
}

Json standing_to_json(const Standing& standing) {
  Json row = Json::array();
  row.push(standing.rounds).push(standing.best_rounds).push(standing.best_loss).push(standing.loss);
  row.push(standing.stopped);
  return row;
}

Json epoch_to_json(const train::EpochReport& epoch) {
  Json row = Json::array(), aucs = Json::array();
  for (const double auc : epoch.validation_auc) aucs.push(auc);
  row.push(epoch.train_loss).push(epoch.validation_loss).push(epoch.seconds).push(epoch.samples_per_second);
  row.push(epoch.is_best).push(std::move(aucs));
  return row;
}

// NaN is null in JSON.
Result<double> number_or_nan(const JsonView& view) {
  if (view.json().is_null()) return std::numeric_limits<double>::quiet_NaN();
  return view.as_number();
}

Result<Standing> standing_from_json(const JsonView& view) {
  INKLING_ASSIGN(const auto row, view.as_elements());
  if (row.size() != 5) return view.refuse("expected five values");
  Standing standing;
  INKLING_ASSIGN(const auto rounds, row[0].as_integer(0, 1 << 30));
  INKLING_ASSIGN(const auto best_rounds, row[1].as_integer(0, 1 << 30));
  standing.rounds = static_cast<int>(rounds);
  standing.best_rounds = static_cast<int>(best_rounds);
  INKLING_ASSIGN(standing.best_loss, number_or_nan(row[2]));
  INKLING_ASSIGN(standing.loss, number_or_nan(row[3]));
  INKLING_ASSIGN(standing.stopped, row[4].as_boolean());
  return standing;
}

Result<train::EpochReport> epoch_from_json(const JsonView& view, std::size_t number) {
  INKLING_ASSIGN(const auto row, view.as_elements());
  if (row.size() != 6) return view.refuse("expected six values");
  train::EpochReport epoch;
  epoch.epoch = static_cast<int>(number);
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

Json to_json(const Checkpoint& checkpoint) {
  Json json = Json::object(), standings = Json::array(), epochs = Json::array();
  for (const Standing& standing : checkpoint.standings) standings.push(standing_to_json(standing));
  for (const train::EpochReport& epoch : checkpoint.epochs) epochs.push(epoch_to_json(epoch));
  json.set("standings", std::move(standings)).set("epochs", std::move(epochs));
  json.set("best_epoch", checkpoint.best_epoch);
  return json;
}

Status from_json(const std::string& text, Checkpoint& checkpoint) {
  INKLING_ASSIGN(const Json json, Json::parse(text));
  const JsonView view(json);
  INKLING_ASSIGN(const auto standings, view.elements("standings"));
  INKLING_ASSIGN(const auto epochs, view.elements("epochs"));
  INKLING_ASSIGN(const auto best_epoch, view.integer("best_epoch", 0, 1 << 30));
  for (const JsonView& element : standings) {
    INKLING_ASSIGN(const Standing standing, standing_from_json(element));
    checkpoint.standings.push_back(standing);
  }
  for (const JsonView& element : epochs) {
    INKLING_ASSIGN(auto epoch, epoch_from_json(element, checkpoint.epochs.size() + 1));
    checkpoint.epochs.push_back(std::move(epoch));
  }
  checkpoint.best_epoch = static_cast<int>(best_epoch);
  return {};
}

Status read(const train::TrainingJob& job, const artifact::Safetensors& file, Checkpoint& checkpoint) {
  INKLING_TRY(file.verify_checksums());
  const auto found = file.metadata().find("job");
  if (found == file.metadata().end() || found->second != fingerprint(job)) {
    return base::conflict(job.checkpoint.string() +
                          " belongs to another training job (other samples, parameters or seed); remove it or train "
                          "without --resume");
  }
  const auto standing = file.metadata().find("standing");
  if (standing == file.metadata().end()) return base::corrupt("there is no standing in it");
  INKLING_TRY(from_json(standing->second, checkpoint));
  for (std::size_t k = 0; k < checkpoint.standings.size(); ++k) {
    INKLING_ASSIGN(const auto bytes, file.values<std::uint8_t>(booster_name(k), {-1}));
    checkpoint.boosters.emplace_back(bytes.begin(), bytes.end());
  }
  if (checkpoint.standings.size() != job.samples->plan.targets.size()) return base::corrupt("it has other targets");
  return {};
}

}  // namespace

Status save_checkpoint(const train::TrainingJob& job, const Checkpoint& checkpoint) {
  artifact::SafetensorsWriter out;
  for (std::size_t k = 0; k < checkpoint.boosters.size(); ++k) {
    const std::string& snapshot = checkpoint.boosters[k];
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(snapshot.data()), snapshot.size());
    INKLING_TRY(out.add<std::uint8_t>(booster_name(k), {static_cast<std::int64_t>(bytes.size())}, bytes));
  }
  out.set_metadata("job", fingerprint(job));
  out.set_metadata("standing", to_json(checkpoint).to_text());
  INKLING_ASSIGN(const auto bytes, out.bytes());
  return base::write_file_atomic(job.checkpoint.string(),
                                 {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

Result<bool> load_checkpoint(const train::TrainingJob& job, Checkpoint& checkpoint) {
  if (job.checkpoint.empty() || !std::filesystem::exists(job.checkpoint)) return false;
  const auto damaged = [&] {
    return base::corrupt(job.checkpoint.string() +
                         " is damaged or no checkpoint; remove it or train without --resume");
  };
  INKLING_ASSIGN(const auto mapped, artifact::MappedFile::open(job.checkpoint));
  const auto file = artifact::Safetensors::parse(mapped.bytes());
  if (!file.ok()) return damaged();
  const Status status = read(job, *file, checkpoint);
  if (status.ok()) return true;
  return status.code() == base::ErrorCode::kConflict ? status : damaged();
}

}  // namespace inkling::models::purchase_gbdt
