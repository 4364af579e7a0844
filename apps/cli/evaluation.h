// How good a served model is on the decision points of one part: what `train` writes into a package and `evaluate`
// prints, with intervals by shopper.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "apps/cli/console.h"
#include "apps/cli/data_folder.h"
#include "eval/bootstrap.h"
#include "sample/score_points.h"

namespace inkling::cli {

struct TargetEvaluation {
  std::string target;
  std::vector<double> probs;
  std::vector<std::uint8_t> labels;
  double base_rate = 0;
  eval::Estimate auc;  // interval over resampled shoppers
  double gauc = 0;     // by shopper, weighted by points
  double average_precision = 0;
  double log_loss = 0;
  double base_log_loss = 0;  // of always saying the base rate
  double calibration_error = 0;
};

struct Evaluation {
  std::vector<std::string> shoppers;  // one per point
  std::vector<std::int64_t> ts_ms;
  std::vector<std::uint64_t> shopper_ids;  // hashes, for grouping
  std::vector<TargetEvaluation> targets;   // empty when the part holds no point
};

inline constexpr std::uint64_t kBootstrapSeed = 20'130'616;

[[nodiscard]] base::Result<Evaluation> evaluate_part(DataFolder& folder, const sample::SamplePlan& plan,
                                                     std::int64_t utc_offset_ms, const sample::LogSpan& span,
                                                     const feature::Scorer& scorer, sample::Part part,
                                                     Console& console);

// Everything but target, probs and labels, from those. Metrics that need both classes stay NaN where one is missing.
[[nodiscard]] base::Status measure_target(const eval::Groups& groups, TargetEvaluation& target);

// "test.purchase_1h.auc" and so on, as a package keeps them.
[[nodiscard]] std::map<std::string, double> metrics_of(const Evaluation& evaluation);
void say_evaluation(const Evaluation& evaluation, Console& console);

}  // namespace inkling::cli
