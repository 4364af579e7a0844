#include "train/training_report.h"

#include <utility>

#include "report/line_chart.h"
#include "report/markup.h"
#include "report/page.h"

namespace inkling::train {
namespace {

report::Table metric_table(const artifact::PackageManifest& manifest, const sample::SampleSet& samples) {
  report::Table table;
  table.head = {"test part", "positive", "AUC, 95 % by shopper", "GAUC", "AP", "log loss", "ECE"};
  for (const auto& target : samples.plan.targets) {
    const auto metric = [&](const std::string& name) {
      const auto found = manifest.metrics.find("test." + target.name + "." + name);
      return found == manifest.metrics.end() ? report::kNothing : found->second;
    };
    table.rows.push_back({target.name, report::fixed(100 * metric("base_rate"), 2) + " %",
                          report::with_interval(metric("auc"), metric("auc_low"), metric("auc_high"), 4),
                          report::fixed(metric("gauc"), 4), report::fixed(metric("average_precision"), 4),
                          report::fixed(metric("log_loss"), 4), report::fixed(metric("calibration_error"), 4)});
  }
  return table;
}

report::Table parameter_table(const base::Json& params) {
  report::Table table;
  table.words = true;
  const auto* members = params.if_object();
  if (members == nullptr) return table;
  for (const auto& member : *members) table.rows.push_back({member.key, member.value.to_text()});
  return table;
}

template <typename Value>
report::Series by_epoch(std::string name, const TrainedModel& trained, const Value& value) {
  report::Series series{.name = std::move(name), .dots = true};
  for (const EpochReport& epoch : trained.epochs) {
    series.points.push_back({static_cast<double>(epoch.epoch), value(epoch), report::kNothing, report::kNothing,
                             "epoch " + std::to_string(epoch.epoch) + ": " + report::fixed(value(epoch), 4)});
  }
  return series;
}

report::Plot loss_plot(const TrainedModel& trained) {
  report::LineChart chart;
  chart.title = "Loss by epoch";
  chart.description = "The joint loss after each epoch, on the training part and on held-out shoppers.";
  chart.x.label = "epoch";
  chart.series.push_back(by_epoch("training", trained, [](const EpochReport& epoch) { return epoch.train_loss; }));
  chart.series.push_back(
      by_epoch("held-out shoppers", trained, [](const EpochReport& epoch) { return epoch.validation_loss; }));
  return {chart.title, svg(chart), "Kept: epoch " + std::to_string(trained.best_epoch) + "."};
}

report::Plot auc_plot(const TrainedModel& trained, const sample::SampleSet& samples) {
  report::LineChart chart;
  chart.title = "AUC on held-out shoppers by epoch";
  chart.x.label = "epoch";
  for (std::size_t k = 0; k < samples.plan.targets.size(); ++k) {
    chart.series.push_back(by_epoch(samples.plan.targets[k].name, trained, [k](const EpochReport& epoch) {
      return k < epoch.validation_auc.size() ? epoch.validation_auc[k] : report::kNothing;
    }));
  }
  return {chart.title, svg(chart), "Where there are held-out shoppers."};
}

}  // namespace

std::string training_report(const artifact::PackageManifest& manifest, const TrainedModel& trained,
                            const sample::SampleSet& samples) {
  report::Page page(manifest.name + " " + manifest.version);
  page.paragraph(std::to_string(samples.part_counts[0]) + " training, " + std::to_string(samples.part_counts[1]) +
                 " validation and " + std::to_string(samples.part_counts[2]) + " test points; seed " +
                 std::to_string(manifest.seed) + ". Intervals resample shoppers.");
  page.table(metric_table(manifest, samples));
  page.section("Training");
  page.plots({loss_plot(trained), auc_plot(trained, samples)});
  page.section("Parameters");
  page.table(parameter_table(manifest.params));
  return page.html();
}

}  // namespace inkling::train
