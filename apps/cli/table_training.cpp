#include "apps/cli/table_training.h"

#ifdef INKLING_HAS_TORCH

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "apps/cli/package_training.h"
#include "apps/cli/table_samples.h"
#include "apps/cli/table_scoring.h"
#include "apps/cli/zoo.h"
#include "artifact/package.h"
#include "base/files.h"
#include "base/system_clock.h"
#include "eval/auc.h"
#include "feature/blueprint.h"
#include "registry/registry.h"
#include "train/training_report.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;
using sample::Part;

class TableTraining {
 public:
  TableTraining(const TableRequest& request, Console& console)
      : request_(request), spec_(request.spec), console_(console) {}

  Result<artifact::PackageManifest> run() {
    INKLING_ASSIGN(entry_, find_in_zoo(spec_.model));
    INKLING_ASSIGN(params_, complete_params());
    INKLING_ASSIGN(table_, read_table(request_.table, spec_, TableUse::kTrain));
    tested_.assign(table_.row_count(), true);
    if (spec_.folds > 0) INKLING_TRY(cross_validate());
    return finish();
  }

 private:
  struct Taught {
    sample::SampleSet samples;
    train::TrainedModel model;
    artifact::PackageManifest manifest;
    std::shared_ptr<const feature::Scorer> scorer;
  };

  [[nodiscard]] Result<Json> complete_params() const {
    Json given = train::with_presets(spec_.params, entry_.variant);
    for (const std::string& assignment : request_.assignments) {
      INKLING_TRY(train::check_assignment(assignment, entry_.variant));
      INKLING_TRY(entry_.parameters.set(assignment, given));
    }
    return entry_.parameters.complete(JsonView(given, "params"));
  }

  // `test`: rows that this model must not see.
  Result<Taught> teach(const std::vector<bool>& test, std::uint64_t seed, const std::string& name, Console& console) {
    const std::vector<Part> parts = draw_parts(table_, test, spec_.validation_share, seed);
    for (const std::string& sentence : idle_columns(table_, parts)) console.say(sentence);
    Taught taught;
    const auto folder = request_.data / "samples" / (spec_.model + "-table") / name;
    INKLING_ASSIGN(taught.samples, make_table_samples(table_, spec_.label, parts, *entry_.serving, folder));
    INKLING_ASSIGN(taught.model, train_samples(entry_, params_, taught.samples, seed, request_.threads, console));
    taught.manifest = describe(taught, seed);
    INKLING_ASSIGN(taught.scorer, serve_trained(*entry_.serving, taught.manifest, taught.model.weights));
    return taught;
  }

  [[nodiscard]] artifact::PackageManifest describe(const Taught& taught, std::uint64_t seed) const {
    artifact::PackageManifest manifest;
    manifest.name = entry_.variant.name;
    if (entry_.variant.model != manifest.name) manifest.model = entry_.variant.model;
    manifest.version = "v0";
    manifest.created_ms = base::SystemClock().now_ms();
    manifest.seed = seed;
    manifest.fold_version = static_cast<int>(state::kFoldVersion);
    manifest.feature_version = static_cast<int>(feature::kFeatureVersion);
    manifest.params = taught.model.params;
    manifest.params.set("table", table_columns_to_json(spec_));
    manifest.params.set("best_epoch", taught.model.best_epoch);
    manifest.features = feature::blueprint_to_json(taught.samples.blueprint);
    return manifest;
  }

  Status cross_validate() {
    folds_ = draw_folds(table_, spec_.folds, spec_.seed);
    probs_.assign(table_.row_count(), 0);
    std::vector<double> aucs;
    for (int fold = 0; fold < spec_.folds; ++fold) {
      std::vector<bool> test;
      for (const int of_row : folds_) test.push_back(of_row == fold);
      Console quiet(true);  // an epoch's line for every fold would bury the folds' own
      const auto seed = spec_.seed + static_cast<std::uint64_t>(fold);
      INKLING_ASSIGN(const Taught taught, teach(test, seed, fmt::format("fold-{}", fold), quiet));
      INKLING_ASSIGN(const auto probs, score_rows(table_, test, taught.samples.blueprint, *taught.scorer));
      std::vector<std::uint8_t> labels;
      for (std::size_t row = 0; row < folds_.size(); ++row) {
        if (!test[row]) continue;
        probs_[row] = probs[labels.size()];
        labels.push_back(table_.labels[row]);
      }
      INKLING_ASSIGN(const double auc, eval::auc(probs, labels));
      aucs.push_back(auc);
      console_.say(fmt::format("fold {} of {}: {} rows, AUC {:.4f}", fold + 1, spec_.folds, labels.size(), auc));
    }
    tell_folds(aucs);
    return {};
  }

  void tell_folds(const std::vector<double>& aucs) {
    const auto count = static_cast<double>(aucs.size());
    const double mean = std::accumulate(aucs.begin(), aucs.end(), 0.0) / count;
    double squares = 0;
    for (const double auc : aucs) squares += (auc - mean) * (auc - mean);
    const double deviation = std::sqrt(squares / (count - 1));
    metrics_["folds." + spec_.label + ".auc_mean"] = mean;
    metrics_["folds." + spec_.label + ".auc_deviation"] = deviation;
    console_.say(fmt::format("{} folds: AUC {:.4f}, deviation {:.4f}", aucs.size(), mean, deviation));
  }

  // The package's own model: trained on all rows after cross-validation, else on all but the test share.
  Result<artifact::PackageManifest> finish() {
    const bool folds = spec_.folds > 0;
    const std::vector<bool> none(table_.row_count(), false);
    const std::vector<bool> test = folds ? none : draw_test(table_, spec_.test_share, spec_.seed);
    INKLING_ASSIGN(Taught taught, teach(test, spec_.seed, "all", console_));
    if (!folds) {
      tested_ = test;
      INKLING_ASSIGN(probs_, score_rows(table_, test, taught.samples.blueprint, *taught.scorer));
    }
    Evaluation evaluation;
    evaluation.shoppers.resize(probs_.size());
    if (!probs_.empty()) {
      INKLING_ASSIGN(auto target, evaluate_rows(spec_.label, table_, probs_, tested_));
      evaluation.targets.push_back(std::move(target));
    }
    say_evaluation(evaluation, console_);
    if (!request_.predictions.empty()) {
      INKLING_TRY(write_rows(request_.predictions, table_, spec_.label, probs_, folds_, tested_));
    }
    metrics_.merge(metrics_of(evaluation));
    return publish(std::move(taught));
  }

  Result<artifact::PackageManifest> publish(Taught taught) {
    const registry::Registry registry(request_.data);
    INKLING_ASSIGN(taught.manifest.version, registry.next_version(taught.manifest.name));
    taught.manifest.metrics = metrics_;
    const std::string report = train::training_report(taught.manifest, taught.model, taught.samples);
    INKLING_ASSIGN(const auto written,
                   artifact::write_package(request_.data, taught.manifest, std::move(taught.model.weights), report));
    INKLING_TRY(registry.publish(taught.manifest.name, taught.manifest.version, taught.manifest.created_ms));
    console_.say("package " + written.string());
    return taught.manifest;
  }

  const TableRequest& request_;
  const TableSpec& spec_;
  Console& console_;
  ZooEntry entry_;
  Json params_;
  Table table_;
  std::vector<int> folds_;    // of each row; empty: none
  std::vector<bool> tested_;  // rows that `probs_` are of
  std::vector<double> probs_;
  std::map<std::string, double> metrics_;
};

}  // namespace

Result<artifact::PackageManifest> train_on_table(const TableRequest& request, Console& console) {
  INKLING_TRY(base::make_directories(request.data.string()));
  return TableTraining(request, console).run();
}

}  // namespace inkling::cli

#else

namespace inkling::cli {

base::Result<artifact::PackageManifest> train_on_table(const TableRequest&, Console&) {
  return no_training_half();
}

}  // namespace inkling::cli

#endif
