#include "apps/cli/suite_runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "apps/cli/package_training.h"
#include "apps/cli/simulation.h"
#include "apps/cli/suite_probe.h"
#include "apps/cli/zoo.h"
#include "base/core/hash.h"
#include "base/files.h"
#include "base/progress.h"
#include "sample/point_facts.h"

namespace inkling::cli {
namespace {

namespace fs = std::filesystem;
using base::Json;
using base::JsonView;
using base::Result;
using base::Status;
using Clock = std::chrono::steady_clock;

// Of this program's bytes: what another build made is made again.
Result<std::uint64_t> program_hash() {
  INKLING_ASSIGN(const std::string bytes, base::read_file("/proc/self/exe"));
  return base::name_hash(bytes);
}

double median(std::vector<double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::ranges::sort(values);
  return values[values.size() / 2];
}

std::int64_t bytes_of(const fs::path& folder) {
  std::error_code error;
  const auto bytes = fs::file_size(folder / "weights.safetensors", error);
  return error ? 0 : static_cast<std::int64_t>(bytes);
}

class SuiteRunner {
 public:
  SuiteRunner(const Suite& suite, fs::path out, Console& console)
      : suite_(suite), out_(std::move(out)), console_(console), total_(suite.seeds.size() * suite.models.size()) {}

  Result<std::vector<ModelRun>> run() {
    INKLING_ASSIGN(program_, program_hash());
    for (const std::string& name : suite_.skipped) {
      console_.say("skipped: " + name + " is no model of this build");
    }
    std::vector<ModelRun> runs;
    for (const std::uint64_t seed : suite_.seeds) INKLING_TRY(run_seed(seed, runs));
    return runs;
  }

 private:
  Status run_seed(std::uint64_t seed, std::vector<ModelRun>& runs) {
    folder_.reset();
    shared_.clear();
    facts_.reset();
    for (const std::string& model : suite_.models) {
      const std::string inputs = inputs_of(seed, model);
      auto kept = read_kept(seed, model, inputs);
      ++started_;
      if (kept.ok()) {
        console_.say(fmt::format("{} of {}: seed {}, {}: kept from before", started_, total_, seed, model));
        runs.push_back(*std::move(kept));
        continue;
      }
      INKLING_ASSIGN(ModelRun run, run_one(seed, model));
      run.inputs = inputs;
      INKLING_TRY(keep(run));
      runs.push_back(std::move(run));
    }
    return {};
  }

  Result<ModelRun> run_one(std::uint64_t seed, const std::string& model) {
    console_.say(fmt::format("{} of {}: seed {}, {}{}", started_, total_, seed, model, time_left()));
    const auto start = Clock::now();
    if (!folder_) INKLING_TRY(open_data(seed));
    TrainingRequest request;
    INKLING_ASSIGN(request.file, training_of(suite_, model));
    INKLING_TRY(choose_views(*folder_, request.file));
    INKLING_ASSIGN(request.samples, samples_for(request.file));
    request.seed = seed;
    request.publish = Publish::kCandidate;
    INKLING_ASSIGN(const TrainingRecord record, train_package(*folder_, std::move(request), console_));
    ModelRun run;
    run.model = model;
    run.seed = seed;
    run.package = record.manifest.version;
    INKLING_TRY(collect(record, run));
    seconds_.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    return run;
  }

  // Models that read the same views share their samples.
  Result<sample::SampleSet> samples_for(const TrainingFile& file) {
    const std::string key = feature::blueprint_to_json(file.blueprint).to_text();
    if (const auto found = shared_.find(key); found != shared_.end()) return found->second;
    INKLING_ASSIGN(sample::SampleSet set, make_samples(*folder_, file, console_));
    return shared_.emplace(key, std::move(set)).first->second;
  }

  Status collect(const TrainingRecord& record, ModelRun& run) {
    INKLING_TRY(collect_points(record, run));
    for (const TargetEvaluation& target : record.evaluation.targets) {
      run.targets.push_back({target.target, target.labels, target.probs});
    }
    run.epochs = record.epochs;
    std::vector<double> rates;
    for (const train::EpochReport& epoch : run.epochs) rates.push_back(epoch.samples_per_second);
    run.cost.samples_per_second = median(std::move(rates));
    run.cost.train_seconds = record.train_seconds;
    run.cost.train_points = static_cast<std::int64_t>(record.samples.part_counts[0]);
    run.cost.package_bytes = bytes_of(record.package);
    return probe_model(*folder_, record, run, console_);
  }

  Status collect_points(const TrainingRecord& record, ModelRun& run) {
    const sample::SampleSet& set = record.samples;
    if (!facts_) {
      INKLING_ASSIGN(facts_, sample::point_facts(*folder_->store, set.plan, set.blueprint.utc_offset_ms,
                                                 set.blueprint.session_gap_ms, set.span, sample::Part::kTest));
    }
    if (facts_->size() != record.evaluation.ts_ms.size()) {
      return base::internal_error("the models of one seed were tested on different points");
    }
    for (std::size_t i = 0; i < facts_->size(); ++i) {
      const sample::PointFacts& point = (*facts_)[i];
      const auto wait_ms = static_cast<double>(point.next_purchase_ms - point.ts_ms);
      run.points.shopper.push_back(record.evaluation.shopper_ids[i]);
      run.points.ts_ms.push_back(point.ts_ms);
      run.points.session_records.push_back(static_cast<double>(point.session_records));
      run.points.minutes_to_purchase.push_back(point.next_purchase_ms < 0 ? std::nan("") : wait_ms / 60'000);
    }
    return {};
  }

  // The simulated folder of a seed, made anew unless it is whole and of the same options; or the one that is named.
  Status open_data(std::uint64_t seed) {
    if (!suite_.simulated()) {
      INKLING_ASSIGN(folder_, open_existing_data_folder(folder_of(seed).string(), console_));
      return {};
    }
    const fs::path path = folder_of(seed), mark = path / "simulated.json";
    const std::string wanted = simulation_of(seed).to_text();
    const auto found = base::read_file(mark.string());
    const bool whole = found.ok() && *found == wanted;
    if (!whole) {
      std::error_code ignored;
      fs::remove_all(path, ignored);
    }
    INKLING_ASSIGN(folder_, open_data_folder(path.string(), console_));
    if (whole) return {};
    sim::MarketplaceOptions market = suite_.market;
    market.seed = seed;
    INKLING_TRY(simulate_into(*folder_->store, {std::move(market), {}}, console_).status());
    INKLING_TRY(folder_->store->checkpoint());
    return base::write_file_atomic(mark.string(), wanted);
  }

  [[nodiscard]] fs::path folder_of(std::uint64_t seed) const {
    if (suite_.simulated()) return out_ / "data" / fmt::format("seed-{}", seed);
    std::string folder = suite_.folder;
    const auto at = folder.find("{seed}");
    if (at != std::string::npos) folder.replace(at, 6, std::to_string(seed));
    return folder;
  }

  [[nodiscard]] Json simulation_of(std::uint64_t seed) const {
    Json json = Json::object();
    json.set("seed", static_cast<std::int64_t>(seed)).set("simulate", suite_.simulate);
    return json.set("program", fmt::format("{:016x}", program_));
  }

  [[nodiscard]] std::string inputs_of(std::uint64_t seed, const std::string& model) const {
    Json json = simulation_of(seed);
    json.set("folder", suite_.folder).set("model", model).set("training", suite_.training);
    json.set("params", params_of(suite_, model));
    return fmt::format("{:016x}", base::name_hash(json.to_text()));
  }

  [[nodiscard]] fs::path run_file(std::uint64_t seed, const std::string& model) const {
    return out_ / "runs" / fmt::format("seed-{}", seed) / (model + ".json");
  }

  Result<ModelRun> read_kept(std::uint64_t seed, const std::string& model, const std::string& inputs) const {
    INKLING_ASSIGN(const std::string text, base::read_file(run_file(seed, model).string()));
    INKLING_ASSIGN(const Json json, Json::parse(text));
    INKLING_ASSIGN(ModelRun run, model_run_from_json(JsonView(json)));
    if (run.inputs != inputs) return base::conflict("it was made from other inputs");
    return run;
  }

  Status keep(const ModelRun& run) const {
    const fs::path file = run_file(run.seed, run.model);
    INKLING_TRY(base::make_directories(file.parent_path().string()));
    return base::write_file_atomic(file.string(), model_run_to_json(run).to_text());
  }

  [[nodiscard]] std::string time_left() const {
    if (seconds_.empty()) return "";
    double sum = 0;
    for (const double seconds : seconds_) sum += seconds;
    const double left = sum / static_cast<double>(seconds_.size()) * static_cast<double>(total_ - started_ + 1);
    return ", about " + base::short_duration(static_cast<std::int64_t>(left * 1000)) + " left";
  }

  const Suite& suite_;
  fs::path out_;
  Console& console_;
  std::size_t total_;
  std::size_t started_ = 0;
  std::uint64_t program_ = 0;
  std::vector<double> seconds_;
  std::optional<DataFolder> folder_;
  std::map<std::string, sample::SampleSet> shared_;
  std::optional<std::vector<sample::PointFacts>> facts_;
};

}  // namespace

Result<std::vector<ModelRun>> run_suite(const Suite& suite, const fs::path& out, Console& console) {
  INKLING_TRY(base::make_directories(out.string()));
  return SuiteRunner(suite, out, console).run();
}

}  // namespace inkling::cli
