#include "apps/cli/suite_summary.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "apps/cli/evaluation.h"
#include "eval/calibration.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::Result;
using base::Status;

Status add_seed(const ModelRun& run, const RunTarget& target, ModelTargetSummary& summary) {
  const auto named = [&](const Status& status) {
    return status.within("seed " + std::to_string(run.seed) + ", " + run.model + ", " + target.name);
  };
  const auto auc = eval::auc(target.probs, target.labels);
  if (!auc.ok()) return named(auc.status());
  summary.auc.push_back(*auc);
  INKLING_ASSIGN(const double precision, eval::average_precision(target.probs, target.labels));
  summary.average_precision.push_back(precision);
  INKLING_ASSIGN(const double log_loss, eval::log_loss(target.probs, target.labels));
  summary.log_loss.push_back(log_loss);
  INKLING_ASSIGN(const double brier, eval::brier(target.probs, target.labels));
  summary.brier.push_back(brier);
  INKLING_ASSIGN(const auto table, eval::calibration_table(target.probs, target.labels));
  summary.calibration_error.push_back(eval::calibration_error(table));
  return {};
}

Status check_same_points(const ModelRun& first, const ModelRun& second) {
  if (first.points.ts_ms == second.points.ts_ms && first.points.shopper == second.points.shopper) return {};
  return base::internal_error("seed " + std::to_string(first.seed) + ": " + first.model + " and " + second.model +
                              " were tested on different points");
}

const ModelTargetSummary& result_of(const SuiteSummary& summary, std::size_t target, const std::string& model) {
  const auto place = std::ranges::find(summary.models, model) - summary.models.begin();
  return summary.results[target * summary.models.size() + static_cast<std::size_t>(place)];
}

Result<PairSummary> compare(const SuiteSummary& summary, const std::vector<ModelRun>& runs, std::size_t target,
                            const std::pair<std::string, std::string>& names) {
  PairSummary pair{names.first, names.second, summary.targets[target], {}, {}};
  const auto first = runs_of(runs, names.first), second = runs_of(runs, names.second);
  for (std::size_t s = 0; s < first.size(); ++s) {
    INKLING_TRY(check_same_points(*first[s], *second[s]));
    const eval::Groups shoppers = eval::Groups::of(first[s]->points.shopper);
    const RunTarget& one = first[s]->targets[target];
    INKLING_ASSIGN(const eval::Difference difference,
                   eval::paired_bootstrap_auc(one.probs, second[s]->targets[target].probs, one.labels, shoppers,
                                              kBootstrapSeed));
    pair.within.push_back(difference);
  }
  INKLING_ASSIGN(pair.over, eval::compare_seeds(result_of(summary, target, names.first).auc,
                                                result_of(summary, target, names.second).auc));
  return pair;
}

double base_rate(const std::vector<const ModelRun*>& runs, std::size_t target) {
  double positives = 0, points = 0;
  for (const ModelRun* run : runs) {
    for (const std::uint8_t label : run->targets[target].labels) positives += label;
    points += static_cast<double>(run->targets[target].labels.size());
  }
  return positives / points;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

Json list_of(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) list.push(value);
  return list;
}

Json to_json(const ModelTargetSummary& result, const std::vector<const ModelRun*>& runs) {
  Json json = Json::object();
  json.set("model", result.model).set("target", result.target).set("learned", result.learned);
  json.set("mean_auc", mean_of(result.auc));
  json.set("auc", list_of(result.auc)).set("average_precision", list_of(result.average_precision));
  json.set("log_loss", list_of(result.log_loss)).set("brier", list_of(result.brier));
  json.set("calibration_error", list_of(result.calibration_error));
  std::vector<double> seconds, score_us, bytes;
  for (const ModelRun* run : runs) {
    seconds.push_back(run->cost.train_seconds);
    score_us.push_back(run->cost.score_us);
    bytes.push_back(static_cast<double>(run->cost.package_bytes));
  }
  json.set("train_seconds", list_of(seconds)).set("score_us", list_of(score_us));
  return json.set("package_bytes", list_of(bytes));
}

Json to_json(const PairSummary& pair) {
  Json within = Json::array();
  for (const eval::Difference& difference : pair.within) {
    Json json = Json::object();
    json.set("difference", difference.value).set("low", difference.low).set("high", difference.high);
    within.push(json.set("p_value", difference.p_value));
  }
  Json json = Json::object();
  json.set("first", pair.first).set("second", pair.second).set("target", pair.target);
  json.set("difference", pair.over.mean).set("low", pair.over.low).set("high", pair.over.high);
  json.set("t_p_value", pair.over.t_p_value).set("wins", static_cast<std::int64_t>(pair.over.wins));
  json.set("sign_p_value", pair.over.sign_p_value);
  return json.set("within_seeds", std::move(within));
}

}  // namespace

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

std::vector<const ModelRun*> runs_of(const std::vector<ModelRun>& runs, const std::string& model) {
  std::vector<const ModelRun*> chosen;
  for (const ModelRun& run : runs) {
    if (run.model == model) chosen.push_back(&run);
  }
  return chosen;
}

Result<SuiteSummary> summarise(const Suite& suite, const std::vector<ModelRun>& runs) {
  SuiteSummary summary;
  summary.seeds = suite.seeds;
  summary.models = suite.models;
  for (const RunTarget& target : runs.front().targets) summary.targets.push_back(target.name);
  if (summary.targets.empty()) return base::invalid_input("the test part holds no decision point; give more data");
  for (std::size_t k = 0; k < summary.targets.size(); ++k) {
    summary.base_rates.push_back(base_rate(runs_of(runs, suite.models.front()), k));
    for (const std::string& model : suite.models) {
      ModelTargetSummary result{model, summary.targets[k], learns(suite, model, k), {}, {}, {}, {}, {}};
      for (const ModelRun* run : runs_of(runs, model)) INKLING_TRY(add_seed(*run, run->targets[k], result));
      summary.results.push_back(std::move(result));
    }
  }
  for (std::size_t k = 0; k < summary.targets.size(); ++k) {
    for (const auto& names : suite.pairs) {
      if (!has(suite.models, names.first) || !has(suite.models, names.second)) continue;
      if (!learns(suite, names.first, k) || !learns(suite, names.second, k)) continue;
      INKLING_ASSIGN(PairSummary pair, compare(summary, runs, k, names));
      summary.pairs.push_back(std::move(pair));
    }
  }
  return summary;
}

Json summary_to_json(const Suite& suite, const SuiteSummary& summary, const std::vector<ModelRun>& runs) {
  Json seeds = Json::array(), skipped = Json::array(), results = Json::array(), pairs = Json::array();
  for (const std::uint64_t seed : summary.seeds) seeds.push(static_cast<std::int64_t>(seed));
  for (const std::string& name : suite.skipped) skipped.push(name);
  for (const ModelTargetSummary& result : summary.results) results.push(to_json(result, runs_of(runs, result.model)));
  for (const PairSummary& pair : summary.pairs) pairs.push(to_json(pair));
  Json json = Json::object();
  json.set("title", suite.title).set("simulated", suite.simulated()).set("seeds", std::move(seeds));
  json.set("skipped", std::move(skipped)).set("base_rates", list_of(summary.base_rates));
  json.set("test_points", static_cast<std::int64_t>(runs.front().points.ts_ms.size()));
  return json.set("results", std::move(results)).set("pairs", std::move(pairs));
}

}  // namespace inkling::cli
