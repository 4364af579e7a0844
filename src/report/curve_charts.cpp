#include "report/curve_charts.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "eval/wilson.h"
#include "report/markup.h"

namespace inkling::report {
namespace {

Axis unit_axis(std::string label) {
  return {std::move(label), 0, 1, Scale::kLinear, {}};
}

ChartPoint calibration_point(const eval::CalibrationBin& bin) {
  const auto [low, high] = eval::wilson(bin.positive_rate, static_cast<double>(std::max<std::size_t>(bin.count, 1)));
  return {bin.mean_prob, bin.positive_rate, low, high,
          std::to_string(bin.count) + " points, said " + fixed(bin.mean_prob, 3) + ", was " +
              fixed(bin.positive_rate, 3)};
}

}  // namespace

LineChart roc_chart(const std::vector<RocSeries>& series) {
  LineChart chart;
  chart.title = "ROC";
  chart.description = "Share of positives found against share of negatives taken for one, over all thresholds.";
  chart.x = unit_axis("negatives taken for positive");
  chart.y = unit_axis("positives found");
  chart.diagonal = true;
  for (const RocSeries& one : series) {
    Series line{.name = one.name};
    for (const eval::RocPoint& point : one.points) {
      line.points.push_back({point.false_positive_rate, point.true_positive_rate});
    }
    chart.series.push_back(std::move(line));
  }
  return chart;
}

LineChart precision_recall_chart(const std::vector<PrecisionRecallSeries>& series, double base_rate) {
  LineChart chart;
  chart.title = "Precision and recall";
  chart.description = "Share of true positives among those taken for one, against the share of positives found.";
  chart.x = unit_axis("recall: positives found");
  chart.y = unit_axis("precision");
  chart.level = base_rate;
  chart.level_name = std::isfinite(base_rate) ? "chance " + fixed(base_rate, 3) : "";
  for (const PrecisionRecallSeries& one : series) {
    Series line{.name = one.name};
    for (const eval::PrecisionRecallPoint& point : one.points) line.points.push_back({point.recall, point.precision});
    chart.series.push_back(std::move(line));
  }
  return chart;
}

LineChart calibration_chart(const std::vector<CalibrationSeries>& series) {
  LineChart chart;
  chart.title = "Reliability";
  chart.description = "How often it happened, against how likely the model said it was; on the diagonal it is right.";
  double most = 0;
  for (const CalibrationSeries& one : series) {
    Series line{.name = one.name, .dots = true};
    for (const eval::CalibrationBin& bin : one.bins) {
      line.points.push_back(calibration_point(bin));
      most = std::max({most, bin.mean_prob, line.points.back().high});
    }
    chart.series.push_back(std::move(line));
  }
  const double top = nice_ticks(0, std::max(most, 1e-3), 6, true).back().value;
  chart.x = {"probability said", 0, std::min(top, 1.0), Scale::kLinear, {}};
  chart.y = {"share that happened", 0, std::min(top, 1.0), Scale::kLinear, {}};
  chart.diagonal = true;
  return chart;
}

}  // namespace inkling::report
