// The charts that judge probabilities: ROC, precision-recall and reliability, one curve a model, from the points of
// src/eval. Thread safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "eval/calibration.h"
#include "eval/roc.h"
#include "report/line_chart.h"

namespace inkling::report {

struct RocSeries {
  std::string name;
  std::vector<eval::RocPoint> points;
};
struct PrecisionRecallSeries {
  std::string name;
  std::vector<eval::PrecisionRecallPoint> points;
};
struct CalibrationSeries {
  std::string name;
  std::vector<eval::CalibrationBin> bins;
};

[[nodiscard]] LineChart roc_chart(const std::vector<RocSeries>& series);
// `base_rate`: what chance reaches; not finite: no line.
[[nodiscard]] LineChart precision_recall_chart(const std::vector<PrecisionRecallSeries>& series, double base_rate);
// The axes reach from 0 to the largest mean or rate, for events are rare. Intervals: Wilson's, 95 %, per bin as if
// its points were independent.
[[nodiscard]] LineChart calibration_chart(const std::vector<CalibrationSeries>& series);

}  // namespace inkling::report
