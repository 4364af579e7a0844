#include "models/purchase_gbdt/purchase_gbdt_net.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "base/core/hash.h"
#include "base/core/number_text.h"
#include "eval/auc.h"
#include "eval/calibration.h"
#include "feature/target_json.h"
#include "models/purchase_gbdt/purchase_gbdt_checkpoint_net.h"
#include "models/purchase_gbdt/purchase_gbdt_rows_net.h"
#include "train/booster.h"

namespace inkling::models::purchase_gbdt {
namespace {

using base::JsonView;
using base::Result;
using base::Status;
using forest::TreeColumns;
using train::Booster;
using train::Matrix;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kBestStart = std::numeric_limits<double>::infinity();

struct Limits {
  int rounds = 0;
  int patience = 0;
  int refit = 0;
};

Result<Limits> limits_of(const JsonView& params) {
  INKLING_ASSIGN(const auto rounds, params.integer("rounds"));
  INKLING_ASSIGN(const auto patience, params.integer("patience"));
  INKLING_ASSIGN(const auto refit, params.integer("refit"));
  return Limits{static_cast<int>(rounds), static_cast<int>(patience), static_cast<int>(refit)};
}

// params.yaml's names are XGBoost's own.
Result<Booster::Settings> settings_of(const train::TrainingJob& job, double base_rate, std::uint64_t draw = 0) {
  Booster::Settings settings = {
      {"booster", "gbtree"},       {"objective", "binary:logistic"},
      {"tree_method", "hist"},     {"disable_default_eval_metric", "1"},
      {"verbosity", "0"},          {"seed_per_iteration", "1"},  // a resumed run draws what an uninterrupted one does
      {"validate_parameters", "1"}};
  settings["nthread"] = std::to_string(job.threads);
  settings["seed"] = std::to_string((draw == 0 ? job.seed : base::mix64(job.seed ^ (draw << 32))) & 0x7fffffffU);
  settings["base_score"] = base::number_text(base_rate);
  const JsonView params(job.params, "params");
  for (const char* name : {"max_depth", "eta", "min_child_weight", "subsample", "colsample_bytree", "lambda", "gamma",
                           "max_bin", "max_cat_to_onehot", "max_cat_threshold"}) {
    INKLING_ASSIGN(const double value, params.number(name));
    settings[name] = base::number_text(value);
  }
  return settings;
}

double positive_share(const std::vector<std::uint8_t>& labels) {
  return static_cast<double>(std::accumulate(labels.begin(), labels.end(), std::uint64_t{0})) /
         static_cast<double>(labels.size());
}

// A horizon that has one class only teaches trees nothing: it keeps this rate, moved off the end.
double safe_rate(double rate) {
  return std::clamp(rate, 1e-4, 1 - 1e-4);
}

struct TargetFit {
  std::optional<Booster> booster;  // none: one class only
  Standing standing;
};

class Boosting {
 public:
  Boosting(const train::TrainingJob& job, const TrainingRows& rows, Limits limits)
      : job_(job), rows_(rows), limits_(limits) {}

  Status start() {
    INKLING_ASSIGN(Matrix train, Matrix::make(rows_.train.values, rows_.categories));
    matrices_.push_back(std::move(train));
    if (validated()) {
      INKLING_ASSIGN(Matrix held_out, Matrix::make(rows_.validation.values, rows_.categories));
      matrices_.push_back(std::move(held_out));
    }
    std::vector<const Matrix*> used;
    for (const Matrix& matrix : matrices_) used.push_back(&matrix);
    for (const auto& labels : rows_.train.labels) {
      const double rate = positive_share(labels);
      TargetFit fit;
      fit.standing.best_loss = kBestStart;
      fit.standing.stopped = rate <= 0 || rate >= 1;
      if (!fit.standing.stopped) {
        INKLING_ASSIGN(const auto settings, settings_of(job_, safe_rate(rate)));
        INKLING_ASSIGN(fit.booster, Booster::make(settings, used));
      }
      fits_.push_back(std::move(fit));
    }
    return job_.resume ? resume() : Status();
  }

  Status run() {
    while (!finished()) {
      INKLING_TRY(epoch());
      if (!job_.checkpoint.empty()) INKLING_TRY(keep());
    }
    return validated() && limits_.refit > 0 ? refit() : Status();
  }

  Result<artifact::SafetensorsWriter> weights() const {
    artifact::SafetensorsWriter out;
    for (std::size_t k = 0; k < fits_.size(); ++k) {
      TreeColumns trees;
      if (!refitted_.empty() && fits_[k].booster) {
        trees = refitted_[k];
      } else if (fits_[k].booster) {
        INKLING_ASSIGN(trees, fits_[k].booster->trees(fits_[k].standing.best_rounds));
      } else {
        const double rate = safe_rate(positive_share(rows_.train.labels[k]));
        trees = forest::constant_trees(static_cast<float>(std::log(rate / (1 - rate))));
      }
      INKLING_TRY(forest::write_trees(trees, k, out));
    }
    return out;
  }

  [[nodiscard]] base::Json kept_rounds() const {
    base::Json list = base::Json::array();
    for (const TargetFit& fit : fits_) list.push(fit.standing.best_rounds);
    return list;
  }
  [[nodiscard]] std::vector<train::EpochReport> take_epochs() { return std::move(epochs_); }
  [[nodiscard]] int best_epoch() const { return best_epoch_; }

 private:
  [[nodiscard]] bool validated() const { return rows_.validation.count > 0; }
  [[nodiscard]] int epoch_number() const { return static_cast<int>(epochs_.size()) + 1; }
  [[nodiscard]] int most_epochs() const { return (limits_.rounds + kRoundsPerEpoch - 1) / kRoundsPerEpoch; }
  [[nodiscard]] bool finished() const {
    const bool all_stopped = std::ranges::all_of(fits_, [](const auto& fit) { return fit.standing.stopped; });
    return all_stopped && !epochs_.empty();
  }

  Status epoch() {
    const auto start = std::chrono::steady_clock::now();
    const int first = (epoch_number() - 1) * kRoundsPerEpoch;
    const int end = std::min(first + kRoundsPerEpoch, limits_.rounds);
    for (TargetFit& fit : fits_) {
      if (!fit.standing.stopped) INKLING_TRY(fit.booster->renew_draws());
    }
    for (int round = first; round < end; ++round) {
      if (stopped()) return stopped_status();
      for (std::size_t k = 0; k < fits_.size(); ++k) {
        if (!fits_[k].standing.stopped) INKLING_TRY(grow(k, round));
      }
      tell(static_cast<std::uint64_t>(round + 1 - first), static_cast<std::uint64_t>(end - first), nullptr);
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return report(seconds, end - first);
  }

  // The same numbers of trees on everybody, with draws of their own.
  Status refit() {
    Rows all = rows_.train;
    all.values.insert(all.values.end(), rows_.validation.values.begin(), rows_.validation.values.end());
    all.count += rows_.validation.count;
    INKLING_ASSIGN(Matrix matrix, Matrix::make(all.values, rows_.categories));
    refitted_.resize(fits_.size());
    for (std::size_t k = 0; k < fits_.size(); ++k) {
      if (!fits_[k].booster) continue;
      const auto& held_out = rows_.validation.labels[k];
      all.labels[k].insert(all.labels[k].end(), held_out.begin(), held_out.end());
      INKLING_TRY(matrix.set_labels(all.labels[k]));
      for (int draw = 1; draw <= limits_.refit; ++draw) INKLING_TRY(refit_once(k, draw, all, matrix));
    }
    return {};
  }

  Status refit_once(std::size_t k, int draw, const Rows& all, const Matrix& matrix) {
    const double rate = safe_rate(positive_share(all.labels[k]));
    INKLING_ASSIGN(const auto settings, settings_of(job_, rate, static_cast<std::uint64_t>(draw)));
    const std::array<const Matrix*, 1> used = {&matrix};
    INKLING_ASSIGN(Booster booster, Booster::make(settings, used));
    const int rounds = fits_[k].standing.best_rounds;
    for (int round = 0; round < rounds; ++round) {
      if (stopped()) return stopped_status();
      INKLING_TRY(booster.grow(round, matrix));
    }
    INKLING_ASSIGN(const TreeColumns trees, booster.trees(rounds));
    refitted_[k].start_logit = trees.start_logit;
    forest::append_trees(trees, 1.0F / static_cast<float>(limits_.refit), refitted_[k]);
    return {};
  }

  [[nodiscard]] bool stopped() const { return job_.stop != nullptr && job_.stop->load(); }
  [[nodiscard]] Status stopped_status() const {
    return base::unavailable("training was stopped in epoch " + std::to_string(epoch_number()) +
                             "; run it again with --resume to continue from the last finished epoch");
  }

  Status grow(std::size_t k, int round) {
    TargetFit& fit = fits_[k];
    INKLING_TRY(matrices_[0].set_labels(rows_.train.labels[k]));
    INKLING_TRY(fit.booster->grow(round, matrices_[0]));
    Standing& standing = fit.standing;
    standing.rounds = round + 1;
    standing.stopped = standing.rounds >= limits_.rounds;
    if (!validated()) {
      standing.best_rounds = standing.rounds;
      return {};
    }
    INKLING_ASSIGN(const auto probs, probabilities(k, 1));
    INKLING_ASSIGN(standing.loss, eval::log_loss(probs, rows_.validation.labels[k]));
    if (standing.loss < standing.best_loss) {
      standing.best_loss = standing.loss;
      standing.best_rounds = standing.rounds;
    }
    if (standing.rounds - standing.best_rounds >= limits_.patience) standing.stopped = true;
    return {};
  }

  // Of the training (0) or held-out rows (1); a horizon without trees says its rate.
  Result<std::vector<double>> probabilities(std::size_t k, std::size_t which) const {
    const Rows& rows = which == 0 ? rows_.train : rows_.validation;
    if (!fits_[k].booster) return std::vector<double>(rows.count, safe_rate(positive_share(rows_.train.labels[k])));
    INKLING_ASSIGN(const auto probs, fits_[k].booster->predict(matrices_[which], rows.count));
    return std::vector<double>(probs.begin(), probs.end());
  }

  // Means over the horizons.
  Status report(double seconds, int rounds) {
    train::EpochReport epoch;
    epoch.epoch = epoch_number();
    epoch.seconds = seconds;
    epoch.samples_per_second = static_cast<double>(rows_.train.count) * rounds / std::max(seconds, 1e-9);
    epoch.validation_loss = validated() ? 0 : kNone;
    const auto share = 1.0 / static_cast<double>(fits_.size());
    for (std::size_t k = 0; k < fits_.size(); ++k) {
      INKLING_ASSIGN(const auto trained, probabilities(k, 0));
      INKLING_ASSIGN(const double train_loss, eval::log_loss(trained, rows_.train.labels[k]));
      epoch.train_loss += share * train_loss;
      epoch.validation_auc.push_back(kNone);
      if (!validated()) continue;
      INKLING_ASSIGN(const auto held_out, probabilities(k, 1));
      INKLING_ASSIGN(const double loss, eval::log_loss(held_out, rows_.validation.labels[k]));
      epoch.validation_loss += share * loss;
      const auto auc = eval::auc(held_out, rows_.validation.labels[k]);
      if (auc.ok()) epoch.validation_auc.back() = *auc;
    }
    const bool first = best_epoch_ == 0;
    epoch.is_best = !validated() || first ||
                    epoch.validation_loss < epochs_[static_cast<std::size_t>(best_epoch_) - 1].validation_loss;
    if (epoch.is_best) best_epoch_ = epoch.epoch;
    tell(0, 0, &epoch);
    epochs_.push_back(std::move(epoch));
    return {};
  }

  void tell(std::uint64_t rounds_done, std::uint64_t rounds, const train::EpochReport* finished) const {
    if (!job_.on_progress) return;
    const double loss = validated() ? fits_.front().standing.loss : kNone;
    job_.on_progress(
        {epoch_number(), most_epochs(), rounds_done * rows_.train.count, rounds * rows_.train.count, loss, finished});
  }

  Status keep() const {
    Checkpoint checkpoint;
    for (const TargetFit& fit : fits_) {
      checkpoint.standings.push_back(fit.standing);
      checkpoint.boosters.emplace_back();
      if (!fit.booster) continue;
      INKLING_ASSIGN(checkpoint.boosters.back(), fit.booster->snapshot());
    }
    checkpoint.epochs = epochs_;
    checkpoint.best_epoch = best_epoch_;
    return save_checkpoint(job_, checkpoint);
  }

  Status resume() {
    Checkpoint checkpoint;
    INKLING_ASSIGN(const bool found, load_checkpoint(job_, checkpoint));
    if (!found) return {};
    for (std::size_t k = 0; k < fits_.size(); ++k) {
      fits_[k].standing = checkpoint.standings[k];
      if (fits_[k].booster) INKLING_TRY(fits_[k].booster->restore(checkpoint.boosters[k]));
    }
    epochs_ = std::move(checkpoint.epochs);
    best_epoch_ = checkpoint.best_epoch;
    return {};
  }

  const train::TrainingJob& job_;
  const TrainingRows& rows_;
  Limits limits_;
  std::vector<Matrix> matrices_;  // training rows, held-out rows if there are any
  std::vector<TargetFit> fits_;
  std::vector<TreeColumns> refitted_;  // one a target; empty: nothing was grown anew
  std::vector<train::EpochReport> epochs_;
  int best_epoch_ = 0;
};

class GbdtTraining final : public train::TrainingHalf {
 public:
  [[nodiscard]] std::string_view name() const override { return "purchase_gbdt"; }
  [[nodiscard]] Result<train::TrainedModel> train(const train::TrainingJob& job) const override {
    INKLING_ASSIGN(const Limits limits, limits_of(JsonView(job.params, "params")));
    INKLING_ASSIGN(const TrainingRows rows, read_rows(*job.samples));
    Boosting boosting(job, rows, limits);
    INKLING_TRY(boosting.start());
    INKLING_TRY(boosting.run());
    train::TrainedModel trained;
    INKLING_ASSIGN(trained.weights, boosting.weights());
    trained.params = job.params;
    trained.params.set("targets", feature::targets_to_json(job.samples->plan.targets));
    trained.params.set("kept_rounds", boosting.kept_rounds());
    trained.epochs = boosting.take_epochs();
    trained.best_epoch = boosting.best_epoch();
    return trained;
  }
};

}  // namespace

const train::TrainingHalf& training_half() {
  static const GbdtTraining kHalf;
  return kHalf;
}

}  // namespace inkling::models::purchase_gbdt
