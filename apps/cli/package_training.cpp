#include "apps/cli/package_training.h"

#include <utility>

#ifdef INKLING_HAS_TORCH

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cmath>
#include <csignal>
#include <optional>
#include <thread>

#include "apps/cli/evaluation.h"
#include "apps/cli/warm_start.h"
#include "apps/cli/zoo.h"
#include "base/core/clock.h"
#include "base/files.h"
#include "registry/registry.h"
#include "sample/build_samples.h"
#include "sample/learnable.h"
#include "train/device_name.h"
#include "train/training_half.h"
#include "train/training_report.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

std::atomic<bool> stop_training{false};

// Ctrl-C ends training after the step in hand; the checkpoint stays. A second one ends the program.
class StopOnInterrupt {
 public:
  StopOnInterrupt() {
    stop_training = false;
    std::signal(SIGINT, [](int) {
      stop_training = true;
      std::signal(SIGINT, SIG_DFL);
    });
  }
  ~StopOnInterrupt() { std::signal(SIGINT, SIG_DFL); }
};

Result<const train::TrainingHalf*> training_half(const ZooEntry& entry) {
  for (const train::TrainingHalf* half : plugins::training_halves()) {
    if (half->name() == entry.serving->name) return half;
  }
  return base::internal_error("the model " + std::string(entry.serving->name) + " has no training half");
}

using MaybeParent = std::optional<ParentPackage>;

Result<Json> complete_params(const ZooEntry& entry, const TrainingRequest& request, const MaybeParent& parent) {
  Json given = parent.has_value() ? parent_params(*parent, entry.parameters) : Json::object();
  const Json preset = train::with_presets(request.file.params, entry.variant);
  if (const Json::Object* written = preset.if_object(); written != nullptr) {
    for (const auto& member : *written) given.set(member.key, member.value);
  }
  for (const std::string& assignment : request.assignments) {
    INKLING_TRY(train::check_assignment(assignment, entry.variant));
    INKLING_TRY(entry.parameters.set(assignment, given));
  }
  INKLING_ASSIGN(Json params, entry.parameters.complete(JsonView(given, "params")));
  if (parent.has_value()) INKLING_TRY(check_params_fit(*parent, entry.parameters, params));
  return params;
}

// --since and --until, as whole days of the training file's clock.
Status set_days(TrainingRequest& request) {
  sample::SamplePlan& plan = request.file.plan;
  const std::int64_t utc_offset_ms = request.file.blueprint.utc_offset_ms;
  if (!request.since.empty()) {
    const auto since_ms = sample::day_start_ms(request.since, utc_offset_ms);
    if (!since_ms.ok()) return since_ms.status().within("--since");
    plan.train_from_ms = *since_ms;
  }
  if (request.until.empty()) return {};
  const auto until_ms = sample::day_start_ms(request.until, utc_offset_ms);
  if (!until_ms.ok()) return until_ms.status().within("--until");
  plan.train_until_ms = *until_ms + base::kDayMs;
  plan.test_from_ms = plan.train_until_ms + plan.longest_horizon_ms();
  plan.test_until_ms = sample::kUnset;
  return {};
}

Result<MaybeParent> find_parent(const DataFolder& folder, const train::TrainingHalf& half, TrainingRequest& request) {
  MaybeParent parent;
  if (!request.from.empty()) {
    if (!half.goes_on()) {
      return base::unsupported("model " + request.file.model +
                               " cannot go on from an older package; train it without --from");
    }
    INKLING_ASSIGN(parent, open_parent(folder.path, request.file.model, request.from));
    INKLING_TRY(adopt_parent(*parent, request.has_file, request.file));
  }
  INKLING_TRY(set_days(request));
  return parent;
}

// "60s" or "200" (steps).
Status set_checkpoint_every(const std::string& text, train::TrainingJob& job) {
  job.checkpoint_every_ms = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), job.checkpoint_every_steps);
  if (error == std::errc() && end == text.data() + text.size() && job.checkpoint_every_steps >= 0) return {};
  job.checkpoint_every_steps = 0;
  const auto every_ms = sample::duration_ms(text);
  if (!every_ms.ok()) {
    return base::invalid_input("--checkpoint-every: " + every_ms.status().message() + ", or a number of steps");
  }
  job.checkpoint_every_ms = *every_ms;
  return {};
}

void show_progress(const train::TrainingProgress& progress, Console& console) {
  if (progress.finished == nullptr) {
    console.progress(fmt::format("epoch {} of at most {}", progress.epoch, progress.max_epochs),
                     progress.samples_done, progress.samples_total, "samples",
                     fmt::format("loss {:.4f}", progress.recent_loss));
    return;
  }
  const train::EpochReport& epoch = *progress.finished;
  std::string line = fmt::format("epoch {:>2}  train loss {:.4f}", epoch.epoch, epoch.train_loss);
  if (!std::isnan(epoch.validation_loss)) {
    line += fmt::format("  validation loss {:.4f}  AUC", epoch.validation_loss);
    for (const double auc : epoch.validation_auc) line += std::isnan(auc) ? " -" : fmt::format(" {:.4f}", auc);
  }
  const double waiting = 100 * epoch.waited_seconds / std::max(epoch.seconds, 1e-9);
  console.say(line + fmt::format("  {:.0f} samples/s, {:.1f} % waiting for batches{}", epoch.samples_per_second,
                                 waiting, epoch.is_best ? "  *" : ""));
}

void say_samples(const sample::SampleSet& set, Console& console) {
  console.say(fmt::format("decision points: {} train, {} validation, {} test", set.part_counts[0], set.part_counts[1],
                          set.part_counts[2]));
  for (std::size_t k = 0; k < set.plan.targets.size(); ++k) {
    console.say(fmt::format("  {}: positive in {:.2f} % of train, {:.2f} % of test", set.plan.targets[k].name,
                            100 * set.base_rates[k][0], 100 * set.base_rates[k][2]));
  }
  for (const std::string& sentence : sample::shortcomings(set)) console.say("  " + sentence);
}

artifact::PackageManifest describe(const ZooEntry& entry, const std::string& version, const TrainingRequest& request,
                                   const sample::SampleSet& set, const train::TrainedModel& trained,
                                   std::int64_t now_ms) {
  artifact::PackageManifest manifest;
  manifest.name = entry.variant.name;
  if (entry.variant.model != manifest.name) manifest.model = entry.variant.model;
  manifest.version = version;
  manifest.created_ms = now_ms;
  manifest.seed = request.seed;
  manifest.fold_version = static_cast<int>(state::kFoldVersion);
  manifest.feature_version = static_cast<int>(feature::kFeatureVersion);
  manifest.data_from_ms = set.span.from_ms;
  manifest.data_to_ms = set.span.to_ms;
  manifest.params = trained.params;
  manifest.params.set("plan", sample::sample_plan_to_json(set.plan));
  manifest.params.set("best_epoch", trained.best_epoch);
  manifest.features = feature::blueprint_to_json(set.blueprint);
  return manifest;
}

std::size_t added_names(const feature::BlueprintSpec& blueprint) {
  std::size_t count = 0;
  for (const auto& view : blueprint.views) {
    for (const auto& feature : view.features) count += feature.encoder.added.size();
  }
  return count;
}

// --days: counted back from the end of what the plan trains on.
Status set_newest_days(const DataFolder& folder, int days, sample::SamplePlan& plan) {
  if (days == 0) return {};
  INKLING_ASSIGN(const sample::LogSpan span, sample::log_span(*folder.store));
  plan.train_from_ms = sample::kUnset;
  INKLING_ASSIGN(const sample::SamplePlan bounded, sample::with_boundaries(plan, span));
  plan.train_from_ms = bounded.train_until_ms - days * base::kDayMs;
  return {};
}

Result<sample::SampleSet> make_samples(DataFolder& folder, const TrainingFile& file, const MaybeParent& parent,
                                       Console& console) {
  std::error_code ignored;
  std::filesystem::remove_all(folder.samples(file.model), ignored);  // derived data: always made anew
  const auto build = parent.has_value() ? sample::grow_samples : sample::build_samples;
  auto set = build(*folder.store, file.plan, file.blueprint, folder.samples(file.model),
                   [&](std::string_view stage, std::uint64_t done, std::uint64_t total) {
                     console.progress(stage, done, total, "shoppers");
                   });
  console.end_progress();
  if (parent.has_value() && set.ok()) {
    console.say(fmt::format("going on from {}; its vocabularies learned {} names", parent->name(),
                            added_names(set->blueprint) - added_names(parent->blueprint)));
  }
  return set;
}

// Measures what was trained, writes its package and publishes it.
Status finish_package(DataFolder& folder, const ZooEntry& entry, const TrainingRequest& request,
                      train::TrainedModel trained, const MaybeParent& parent, TrainingRecord& record,
                      Console& console) {
  const registry::Registry registry(folder.path);
  const sample::SampleSet& set = record.samples;
  INKLING_ASSIGN(const std::string version, registry.next_version(entry.variant.name));
  record.manifest = describe(entry, version, request, set, trained, folder.clock->now_ms());
  if (parent.has_value()) record.manifest.parent = parent->package.manifest().version;
  INKLING_ASSIGN(const auto scorer, serve_trained(*entry.serving, record.manifest, trained.weights));
  INKLING_ASSIGN(record.evaluation, evaluate_part(folder, set.plan, set.blueprint.utc_offset_ms, set.span, *scorer,
                                                  sample::Part::kTest, console));
  record.manifest.metrics = metrics_of(record.evaluation);
  say_evaluation(record.evaluation, console);
  const std::string report = train::training_report(record.manifest, trained, set);
  INKLING_ASSIGN(record.package,
                 artifact::write_package(folder.path, record.manifest, std::move(trained.weights), report));
  console.say("package " + record.package.string());
  return publish(folder, record.manifest, request.publish, console);
}

}  // namespace

Status publish(const DataFolder& folder, const artifact::PackageManifest& manifest, Publish how, Console& console) {
  const registry::Registry registry(folder.path);
  const std::int64_t now_ms = folder.clock->now_ms();
  INKLING_TRY(registry.publish(manifest.name, manifest.version, now_ms));
  INKLING_ASSIGN(const auto live, registry.live(manifest.name));
  const bool measured = manifest.metrics.contains("test.points") && manifest.metrics.at("test.points") > 0;
  const bool promote = how == Publish::kLive || (how == Publish::kWhenNoneIsLive && !live.has_value() && measured);
  if (promote) INKLING_TRY(registry.promote(manifest.name, manifest.version, now_ms));
  console.say(fmt::format("{} {} is {}", manifest.name, manifest.version,
                          promote ? "live" : "a candidate; inkling models promote makes it live"));
  return {};
}

Status choose_views(const DataFolder& folder, TrainingFile& file) {
  INKLING_ASSIGN(const ZooEntry entry, find_in_zoo(file.model));
  if (!file.has_views) {
    INKLING_ASSIGN(const sample::LogSpan span, sample::log_span(*folder.store));
    file.blueprint.views = default_views(span.gesture_events > 0);
    file.has_views = true;
  }
  INKLING_ASSIGN(file.blueprint.views, train::chosen_views(std::move(file.blueprint.views), entry.variant));
  return {};
}

Result<sample::SampleSet> make_samples(DataFolder& folder, const TrainingFile& file, Console& console) {
  return make_samples(folder, file, MaybeParent(), console);
}

Result<TrainingRecord> train_package(DataFolder& folder, TrainingRequest request, Console& console) {
  INKLING_ASSIGN(const ZooEntry entry, find_in_zoo(request.file.model));
  INKLING_ASSIGN(const train::TrainingHalf* half, training_half(entry));
  INKLING_ASSIGN(const MaybeParent parent, find_parent(folder, *half, request));
  train::TrainingJob job;
  INKLING_ASSIGN(job.params, complete_params(entry, request, parent));
  INKLING_TRY(train::check_device(request.device));
  INKLING_TRY(set_checkpoint_every(request.checkpoint_every, job));
  if (!request.samples) {
    INKLING_TRY(choose_views(folder, request.file));
    INKLING_TRY(set_newest_days(folder, request.days, request.file.plan));
    INKLING_ASSIGN(request.samples, make_samples(folder, request.file, parent, console));
  }
  TrainingRecord record;
  record.samples = *std::move(request.samples);
  const sample::SampleSet& set = record.samples;
  say_samples(set, console);
  INKLING_TRY(sample::check_learnable(set));
  INKLING_TRY(base::make_directories(folder.training(request.file.model).string()));
  job.samples = &set;
  train::Parent start;
  if (parent.has_value()) {
    start = {parent->name(), &parent->package.weights()};
    job.parent = &start;
  }
  job.seed = request.seed;
  job.threads = request.threads > 0 ? request.threads : static_cast<int>(std::thread::hardware_concurrency());
  job.loader_threads = request.loader_threads;
  job.device = request.device;
  job.checkpoint = folder.training(request.file.model) / fmt::format("seed-{}.checkpoint", request.seed);
  job.resume = request.resume;
  job.stop = &stop_training;
  job.on_progress = [&](const train::TrainingProgress& progress) { show_progress(progress, console); };
  job.on_note = [&](std::string_view sentence) { console.say(sentence); };
  const StopOnInterrupt interrupt;
  const auto began = std::chrono::steady_clock::now();
  INKLING_ASSIGN(train::TrainedModel trained, half->train(job));
  record.train_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  record.epochs = trained.epochs;
  INKLING_TRY(finish_package(folder, entry, request, std::move(trained), parent, record, console));
  std::error_code ignored;
  std::filesystem::remove(job.checkpoint, ignored);  // finished: nothing to resume
  return record;
}

Result<train::TrainedModel> train_samples(const ZooEntry& entry, const Json& params, const sample::SampleSet& samples,
                                          std::uint64_t seed, int threads, Console& console) {
  INKLING_ASSIGN(const train::TrainingHalf* half, training_half(entry));
  train::TrainingJob job;
  job.params = params;
  job.samples = &samples;
  job.seed = seed;
  job.threads = threads > 0 ? threads : static_cast<int>(std::thread::hardware_concurrency());
  job.stop = &stop_training;
  job.on_progress = [&](const train::TrainingProgress& progress) { show_progress(progress, console); };
  const StopOnInterrupt interrupt;
  auto trained = half->train(job);
  console.end_progress();
  return trained;
}

Result<std::shared_ptr<const feature::Scorer>> serve_trained(const models::ServingModel& model,
                                                             const artifact::PackageManifest& manifest,
                                                             const artifact::SafetensorsWriter& weights) {
  INKLING_ASSIGN(std::vector<std::byte> bytes, weights.bytes());
  const auto owner = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
  INKLING_ASSIGN(const artifact::Safetensors tensors, artifact::Safetensors::parse(*owner));
  return model.load(manifest, tensors, owner, math::Precision::kFloat);
}

}  // namespace inkling::cli

#else

namespace inkling::cli {

base::Status no_training_half() {
  return base::unsupported(
      "this build has no training half (it was made without LibTorch); train with a full build "
      "and copy DATA/packages and DATA/registry.json here");
}

base::Status choose_views(const DataFolder&, TrainingFile&) {
  return no_training_half();
}

base::Result<sample::SampleSet> make_samples(DataFolder&, const TrainingFile&, Console&) {
  return no_training_half();
}

base::Status publish(const DataFolder&, const artifact::PackageManifest&, Publish, Console&) {
  return no_training_half();
}

base::Result<TrainingRecord> train_package(DataFolder&, TrainingRequest, Console&) {
  return no_training_half();
}

}  // namespace inkling::cli

#endif
