// What a suite's runs say together: each model's figures over the seeds, and the differences of pairs with intervals.
// Intervals within a seed resample shoppers (eval/bootstrap.h, paired); those over seeds are Student's over the
// seeds' differences (eval/paired_seeds.h). Thread safety: pure functions. Cost: a thousand replicates a pair, seed
// and target. Failure: kInvalidInput where a seed's test part has no positive or no negative.
#pragma once

#include <string>
#include <vector>

#include "apps/cli/model_run.h"
#include "apps/cli/suite.h"
#include "base/core/json.h"
#include "eval/bootstrap.h"
#include "eval/paired_seeds.h"
#include "eval/seeds.h"

namespace inkling::cli {

struct ModelTargetSummary {
  std::string model;
  std::string target;
  bool learned = true;      // else the numbers are those of weights that nothing taught, and no pair compares them
  std::vector<double> auc;  // by seed, as in SuiteSummary::seeds
  std::vector<double> average_precision;
  std::vector<double> log_loss;
  std::vector<double> brier;
  std::vector<double> calibration_error;
};

struct PairSummary {
  std::string first;
  std::string second;
  std::string target;
  std::vector<eval::Difference> within;  // one a seed: AUC, resampling shoppers
  eval::PairedSeeds over;                // AUC over seeds
};

struct SuiteSummary {
  std::vector<std::uint64_t> seeds;
  std::vector<std::string> models;
  std::vector<std::string> targets;
  std::vector<double> base_rates;           // by target, over all seeds' points
  std::vector<ModelTargetSummary> results;  // target after target, models in order
  std::vector<PairSummary> pairs;           // target after target
};

// `runs` as run_suite() gives them: every seed has every model.
[[nodiscard]] base::Result<SuiteSummary> summarise(const Suite& suite, const std::vector<ModelRun>& runs);
[[nodiscard]] base::Json summary_to_json(const Suite& suite, const SuiteSummary& summary,
                                         const std::vector<ModelRun>& runs);

// Of the values of each seed; a mean of nothing is NaN.
[[nodiscard]] double mean_of(const std::vector<double>& values);
// The runs of one model, by seed.
[[nodiscard]] std::vector<const ModelRun*> runs_of(const std::vector<ModelRun>& runs, const std::string& model);

}  // namespace inkling::cli
