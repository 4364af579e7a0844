#include "apps/cli/suite_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "apps/cli/suite_attention.h"
#include "eval/bucket_auc.h"
#include "eval/calibration.h"
#include "report/curve_charts.h"
#include "report/interval_chart.h"
#include "report/markup.h"
#include "report/page.h"

namespace inkling::cli {
namespace {

using base::Result;
using base::Status;
using report::fixed;
using report::kNothing;

constexpr std::size_t kCurvePoints = 120;

// All seeds' points of one model together.
struct Pooled {
  std::vector<double> probs, records, minutes;
  std::vector<std::uint8_t> labels;
};

Pooled pooled(const std::vector<const ModelRun*>& runs, std::size_t target) {
  Pooled all;
  for (const ModelRun* run : runs) {
    const RunTarget& one = run->targets[target];
    all.probs.insert(all.probs.end(), one.probs.begin(), one.probs.end());
    all.labels.insert(all.labels.end(), one.labels.begin(), one.labels.end());
    const auto append = [](std::vector<double>& to, const std::vector<double>& more) {
      to.insert(to.end(), more.begin(), more.end());
    };
    append(all.records, run->points.session_records);
    append(all.minutes, run->points.minutes_to_purchase);
  }
  return all;
}

std::string spread(const std::vector<double>& values, int digits) {
  const auto summary = eval::summarise_seeds(values);
  if (!summary.ok()) return fixed(kNothing, digits);
  if (summary->count < 2) return fixed(summary->mean, digits);
  return fixed(summary->mean, digits) + " ± " + fixed(summary->sd, digits);
}

class SuitePage {
 public:
  SuitePage(const Suite& suite, const SuiteSummary& summary, const std::vector<ModelRun>& runs)
      : suite_(suite), summary_(summary), runs_(runs), page_(suite.title) {}

  Result<std::string> html() {
    opening();
    results();
    if (!summary_.pairs.empty()) comparisons();
    INKLING_TRY(curves());
    INKLING_TRY(calibration());
    INKLING_TRY(buckets());
    add_attention(runs_, page_);
    training();
    cost();
    return page_.html();
  }

 private:
  [[nodiscard]] std::size_t model_count() const { return summary_.models.size(); }
  [[nodiscard]] const ModelTargetSummary& result(std::size_t target, std::size_t model) const {
    return summary_.results[target * model_count() + model];
  }

  void opening() {
    if (suite_.simulated()) {
      page_.notice(
          "Simulated. Every shopper, gesture and purchase behind this page comes from Inkling's simulated "
          "marketplace; nothing here is about real people, and no figure carries over to them.");
    }
    std::string seeds;
    for (const std::uint64_t seed : summary_.seeds) seeds += (seeds.empty() ? "" : ", ") + std::to_string(seed);
    std::size_t points = 0;
    for (const ModelRun* run : runs_of(runs_, summary_.models.front())) points += run->points.ts_ms.size();
    page_.paragraph(fmt::format("{} models, seeds {}; {} test points together. ", model_count(), seeds, points) +
                    (suite_.simulated() ? fmt::format("Each seed is a marketplace of {} shoppers over {} days, and a "
                                                      "training on it; the test part is later than all of the "
                                                      "training part.",
                                                      suite_.market.shoppers, suite_.market.days)
                                        : "Each seed is a training; the test part is later than the training part."));
    if (const base::Json* off = suite_.simulate.find("without")) {
      page_.notice("Switched off in the simulation: " + off->to_text() + ".");
    }
    for (const std::string& name : suite_.skipped) page_.notice("Skipped: " + name + " is no model of this build.");
  }

  void results() {
    page_.section("Results");
    page_.paragraph(
        "Means over the seeds ± their standard deviation. AUC: the chance that a point with a purchase "
        "scores above one without. AP: average precision. ECE: how far probabilities are off, on average.");
    for (std::size_t k = 0; k < summary_.targets.size(); ++k) {
      page_.heading(fmt::format("{} (positive: {} %)", summary_.targets[k], fixed(100 * summary_.base_rates[k], 2)));
      report::Table table{{"model", "AUC", "AP", "log loss", "Brier", "ECE"}, {}, false};
      for (std::size_t m = 0; m < model_count(); ++m) {
        const ModelTargetSummary& row = result(k, m);
        if (!row.learned) {
          table.rows.push_back({row.model, "not learned", "", "", "", ""});
          continue;
        }
        table.rows.push_back({row.model, spread(row.auc, 4), spread(row.average_precision, 4),
                              spread(row.log_loss, 4), spread(row.brier, 4), spread(row.calibration_error, 4)});
      }
      page_.table(table);
    }
  }

  void comparisons() {
    page_.section("Comparisons and ablations");
    page_.paragraph(
        "Difference in AUC, the first model minus the second, on the same points. The large dot is the mean "
        "over seeds with its 95 % interval (Student's t over the seeds' differences); small dots are the "
        "seeds. An interval that includes 0 does not tell the two apart.");
    std::vector<report::Plot> plots;
    for (const std::string& target : summary_.targets) plots.push_back(pair_plot(target));
    page_.plots(plots);
    report::Table table{{"first − second", "target", "over seeds", "p (t)", "seeds won", "p (sign)"}, {}, false};
    report::Table within{{"first − second", "target", "seed", "difference", "p (bootstrap)"}, {}, false};
    for (const PairSummary& pair : summary_.pairs) {
      const std::string name = pair.first + " − " + pair.second;
      table.rows.push_back({name, pair.target,
                            report::signed_with_interval(pair.over.mean, pair.over.low, pair.over.high, 4),
                            fixed(pair.over.t_p_value, 4), fmt::format("{} of {}", pair.over.wins, pair.over.count),
                            fixed(pair.over.sign_p_value, 3)});
      for (std::size_t s = 0; s < pair.within.size(); ++s) {
        const eval::Difference& one = pair.within[s];
        within.rows.push_back({name, pair.target, std::to_string(summary_.seeds[s]),
                               report::signed_with_interval(one.value, one.low, one.high, 4), fixed(one.p_value, 3)});
      }
    }
    page_.table(table);
    page_.folded_table("Within each seed: 95 % by resampling shoppers, both models on the same draws", within);
  }

  [[nodiscard]] report::Plot pair_plot(const std::string& target) const {
    report::IntervalChart chart;
    chart.title = "Difference in AUC, " + target;
    chart.description = "One row a pair of models; the line marks no difference.";
    chart.x.label = "AUC, first − second";
    for (const PairSummary& pair : summary_.pairs) {
      if (pair.target != target) continue;
      report::IntervalRow row{pair.first + " − " + pair.second,
                              pair.over.mean,
                              pair.over.low,
                              pair.over.high,
                              report::signed_fixed(pair.over.mean, 4),
                              {}};
      for (const eval::Difference& one : pair.within) row.single_dots.push_back(one.value);
      chart.rows.push_back(std::move(row));
    }
    return {target, svg(chart), ""};
  }

  Status curves() {
    page_.section("ROC and precision-recall");
    page_.note("All seeds' test points of a model together.");
    for (std::size_t k = 0; k < summary_.targets.size(); ++k) {
      std::vector<report::RocSeries> roc;
      std::vector<report::PrecisionRecallSeries> precision;
      for (const std::string& model : summary_.models) {
        const Pooled all = pooled(runs_of(runs_, model), k);
        INKLING_ASSIGN(auto roc_points, eval::roc_curve(all.probs, all.labels, kCurvePoints));
        INKLING_ASSIGN(auto pr_points, eval::precision_recall_curve(all.probs, all.labels, kCurvePoints));
        roc.push_back({model, std::move(roc_points)});
        precision.push_back({model, std::move(pr_points)});
      }
      page_.plots({{"ROC, " + summary_.targets[k], svg(report::roc_chart(roc)), ""},
                   {"Precision and recall, " + summary_.targets[k],
                    svg(report::precision_recall_chart(precision, summary_.base_rates[k])), ""}});
    }
    return {};
  }

  Status calibration() {
    page_.section("Calibration");
    page_.paragraph("What a model says against what happened, " + summary_.targets.front() +
                    ", in ten bins of equal count over all seeds; 95 % intervals as if points were independent. On "
                    "the dashed line probabilities are right.");
    std::vector<report::Plot> plots;
    for (std::size_t m = 0; m < model_count(); ++m) {
      const Pooled all = pooled(runs_of(runs_, summary_.models[m]), 0);
      INKLING_ASSIGN(const auto table, eval::calibration_table(all.probs, all.labels));
      auto chart = report::calibration_chart({{summary_.models[m], table}});
      chart.series.front().colour = m;
      plots.push_back(
          {summary_.models[m], svg(chart),
           fmt::format("ECE {}, Brier {} (means over seeds)", fixed(mean_of(result(0, m).calibration_error), 4),
                       fixed(mean_of(result(0, m).brier), 4))});
    }
    page_.plots(plots);
    return {};
  }

  Status buckets() {
    page_.section("Where it is hard");
    page_.paragraph(
        "AUC of " + summary_.targets.front() +
        " by parts of the test points, all seeds together: by how "
        "many swipes, taps and actions the session had when the model was asked; and, where purchases are "
        "predicted, the positives by how long before the purchase that was, each against all negatives.");
    std::vector<report::Plot> plots;
    INKLING_ASSIGN(report::Plot by_length, bucket_plot("by records in the session so far", length_edges(), true));
    plots.push_back(std::move(by_length));
    if (const std::vector<double> edges = minute_edges(); edges.size() > 1) {
      INKLING_ASSIGN(report::Plot by_time, bucket_plot("by minutes before the purchase", edges, false));
      plots.push_back(std::move(by_time));
    }
    page_.plots(plots);
    return {};
  }

  [[nodiscard]] static std::vector<double> length_edges() { return {0, 10, 30, 100, 300, 1000, 1e9}; }

  // Shares of the longest wait that counts as positive; one alone where no purchase follows.
  [[nodiscard]] std::vector<double> minute_edges() const {
    const Pooled all = pooled(runs_of(runs_, summary_.models.front()), 0);
    double longest = 0;
    for (std::size_t i = 0; i < all.labels.size(); ++i) {
      if (all.labels[i] == 1 && std::isfinite(all.minutes[i])) longest = std::max(longest, all.minutes[i]);
    }
    std::vector<double> edges = {0};
    for (const double share : {1.0 / 30, 1.0 / 12, 1.0 / 6, 1.0 / 3, 2.0 / 3, 1.0 + 1e-9}) {
      if (longest > 0) edges.push_back(longest * share);
    }
    return edges;
  }

  [[nodiscard]] Result<report::Plot> bucket_plot(const std::string& what, const std::vector<double>& edges,
                                                 bool by_length) const {
    report::LineChart chart;
    chart.title = "AUC " + what;
    chart.y.label = "AUC";
    for (std::size_t b = 0; b + 1 < edges.size(); ++b) {
      const bool last = b + 2 == edges.size();
      chart.x.names.push_back(last && by_length ? fmt::format("{:.0f}+", edges[b])
                                                : fmt::format("{:.3g}–{:.3g}", edges[b], edges[b + 1]));
    }
    std::string counts;
    for (std::size_t m = 0; m < model_count(); ++m) {
      const Pooled all = pooled(runs_of(runs_, summary_.models[m]), 0);
      INKLING_ASSIGN(const auto found,
                     eval::auc_by_bucket(all.probs, all.labels, by_length ? all.records : all.minutes, edges,
                                         by_length ? eval::BucketOf::kAllPoints : eval::BucketOf::kPositives));
      report::Series series{.name = summary_.models[m], .dots = true};
      for (std::size_t b = 0; b < found.size(); ++b) {
        series.points.push_back({static_cast<double>(b), found[b].auc, kNothing, kNothing,
                                 fmt::format("{}, {}: AUC {}, {} positives", summary_.models[m], chart.x.names[b],
                                             fixed(found[b].auc, 3), found[b].positives)});
        if (m == 0) counts += fmt::format("{}{}", b == 0 ? "" : " · ", found[b].positives);
      }
      chart.series.push_back(std::move(series));
    }
    return report::Plot{chart.title, svg(chart), "Positives in each part: " + counts + "."};
  }

  void training() {
    page_.section("Training");
    report::LineChart by_model;
    by_model.title = "Held-out AUC by epoch";
    by_model.description = "Of the first target, on shoppers held out of training, first seed.";
    by_model.x.label = "epoch";
    for (const std::string& model : summary_.models) {
      const ModelRun& run = *runs_of(runs_, model).front();
      report::Series series{.name = model, .dots = true};
      for (const train::EpochReport& epoch : run.epochs) {
        const double auc = epoch.validation_auc.empty() ? kNothing : epoch.validation_auc.front();
        series.points.push_back({static_cast<double>(epoch.epoch), auc});
      }
      by_model.series.push_back(std::move(series));
    }
    page_.plots({{"Held-out AUC by epoch, " + summary_.targets.front(), svg(by_model),
                  fmt::format("Shoppers held out of training, seed {}.", summary_.seeds.front())},
                 loss_plot()});
  }

  [[nodiscard]] report::Plot loss_plot() const {
    report::LineChart chart;
    chart.title = "Loss of " + summary_.models.front() + " by epoch";
    chart.x.label = "epoch";
    std::size_t colour = 0;
    for (const ModelRun* run : runs_of(runs_, summary_.models.front())) {
      report::Series train{.name = fmt::format("{}", run->seed), .colour = colour};
      report::Series held_out{.name = fmt::format("{}, held out", run->seed), .dashed = true, .colour = colour++};
      for (const train::EpochReport& epoch : run->epochs) {
        train.points.push_back({static_cast<double>(epoch.epoch), epoch.train_loss});
        held_out.points.push_back({static_cast<double>(epoch.epoch), epoch.validation_loss});
      }
      chart.series.push_back(std::move(train));
      chart.series.push_back(std::move(held_out));
    }
    return {chart.title, svg(chart), "One colour a seed; dashed: shoppers held out of training."};
  }

  void cost() {
    page_.section("Cost");
    page_.paragraph(
        "On the machine that made this page, one thread. A score: the median over test points of asking "
        "for one, with the shopper's records read already.");
    report::Table table{{"model", "training s", "samples/s", "epochs", "package kB", "score µs"}, {}, false};
    for (const std::string& model : summary_.models) {
      std::vector<double> seconds, rates, bytes, score_us, epochs;
      for (const ModelRun* run : runs_of(runs_, model)) {
        seconds.push_back(run->cost.train_seconds);
        rates.push_back(run->cost.samples_per_second);
        bytes.push_back(static_cast<double>(run->cost.package_bytes) / 1000);
        score_us.push_back(run->cost.score_us);
        epochs.push_back(static_cast<double>(run->epochs.size()));
      }
      table.rows.push_back({model, fixed(mean_of(seconds), 1), fixed(mean_of(rates), 0), fixed(mean_of(epochs), 1),
                            fixed(mean_of(bytes), 0), fixed(mean_of(score_us), 1)});
    }
    page_.table(table);
  }

  const Suite& suite_;
  const SuiteSummary& summary_;
  const std::vector<ModelRun>& runs_;
  report::Page page_;
};

}  // namespace

Result<std::string> suite_report(const Suite& suite, const SuiteSummary& summary, const std::vector<ModelRun>& runs) {
  return SuitePage(suite, summary, runs).html();
}

}  // namespace inkling::cli
