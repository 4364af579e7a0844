#include "apps/cli/evaluation.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <utility>

#include "base/core/hash.h"
#include "eval/auc.h"
#include "eval/calibration.h"

namespace inkling::cli {
namespace {

using base::Result;
using base::Status;

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double value_or_nan(const Result<double>& result) {
  return result.ok() ? *result : kUndefined;
}

double entropy(double rate) {
  return rate <= 0 || rate >= 1 ? 0 : -(rate * std::log(rate) + (1 - rate) * std::log(1 - rate));
}

}  // namespace

Status measure_target(const eval::Groups& shoppers, TargetEvaluation& target) {
  double positives = 0;
  for (const std::uint8_t label : target.labels) positives += label;
  target.base_rate = positives / static_cast<double>(target.labels.size());
  target.base_log_loss = entropy(target.base_rate);
  const auto auc = eval::bootstrap_auc(target.probs, target.labels, shoppers, kBootstrapSeed);
  target.auc = auc.ok() ? *auc : eval::Estimate{kUndefined, kUndefined, kUndefined, 0};
  const auto gauc = eval::gauc(target.probs, target.labels, shoppers, "shopper");
  target.gauc = gauc.ok() ? gauc->value : kUndefined;
  target.average_precision = value_or_nan(eval::average_precision(target.probs, target.labels));
  INKLING_ASSIGN(target.log_loss, eval::log_loss(target.probs, target.labels));
  INKLING_ASSIGN(const auto table, eval::calibration_table(target.probs, target.labels));
  target.calibration_error = eval::calibration_error(table);
  return {};
}

Result<Evaluation> evaluate_part(DataFolder& folder, const sample::SamplePlan& plan, std::int64_t utc_offset_ms,
                                 const sample::LogSpan& span, const feature::Scorer& scorer, sample::Part part,
                                 Console& console) {
  INKLING_ASSIGN(const auto points, sample::score_points(*folder.store, plan, utc_offset_ms, span, scorer, part,
                                                         console.reporter("scoring", "shoppers")));
  console.end_progress();
  Evaluation evaluation;
  for (const sample::ScoredPoint& point : points) {
    evaluation.shoppers.push_back(point.shopper);
    evaluation.ts_ms.push_back(point.ts_ms);
    evaluation.shopper_ids.push_back(base::name_hash(point.shopper));
  }
  if (points.empty()) return evaluation;
  const eval::Groups groups = eval::Groups::of(evaluation.shopper_ids);
  for (std::size_t k = 0; k < plan.targets.size(); ++k) {
    TargetEvaluation target;
    target.target = plan.targets[k].name;
    for (const sample::ScoredPoint& point : points) {
      target.probs.push_back(point.probs[k]);
      target.labels.push_back(point.labels[k] ? 1 : 0);
    }
    INKLING_TRY(measure_target(groups, target));
    evaluation.targets.push_back(std::move(target));
  }
  return evaluation;
}

std::map<std::string, double> metrics_of(const Evaluation& evaluation) {
  std::map<std::string, double> metrics;
  for (const TargetEvaluation& target : evaluation.targets) {
    const auto add = [&](const char* name, double value) {
      if (std::isfinite(value)) metrics["test." + target.target + "." + name] = value;
    };
    add("auc", target.auc.value);
    add("auc_low", target.auc.low);
    add("auc_high", target.auc.high);
    add("gauc", target.gauc);
    add("average_precision", target.average_precision);
    add("log_loss", target.log_loss);
    add("base_rate", target.base_rate);
    add("calibration_error", target.calibration_error);
  }
  metrics["test.points"] = static_cast<double>(evaluation.shoppers.size());
  return metrics;
}

void say_evaluation(const Evaluation& evaluation, Console& console) {
  if (evaluation.targets.empty()) {
    console.say("the test part holds no decision point; nothing was measured");
    return;
  }
  console.say(fmt::format("{:<14} {:>7} {:>9} {:>7} {:>17} {:>7} {:>7} {:>9} {:>9} {:>7}", "test part", "points",
                          "positive", "AUC", "95 % by shopper", "GAUC", "AP", "log loss", "(base)", "ECE"));
  for (const TargetEvaluation& target : evaluation.targets) {
    console.say(fmt::format(
        "{:<14} {:>7} {:>7.2f} % {:>7.4f} [{:>6.4f}, {:>6.4f}] {:>7.4f} {:>7.4f} {:>9.4f} {:>9.4f} {:>7.4f}",
        target.target, target.labels.size(), 100 * target.base_rate, target.auc.value, target.auc.low,
        target.auc.high, target.gauc, target.average_precision, target.log_loss, target.base_log_loss,
        target.calibration_error));
  }
}

}  // namespace inkling::cli
