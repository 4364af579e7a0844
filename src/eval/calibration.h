// How true probabilities are: log loss, Brier score, calibration table and its error. Not for order (auc.h).
// Thread safety: pure functions. Cost: O(n), the table O(n log n). Failure: kInvalidInput that names the row.
#pragma once

#include <cstddef>
#include <vector>

#include "base/core/result.h"
#include "eval/points.h"

namespace inkling::eval {

// Probabilities are moved this far from 0 and 1 before the logarithm, so one sure mistake costs about 34.5, not all.
inline constexpr double kLogLossMargin = 1e-15;

// -[y ln p + (1-y) ln(1-p)] of each point: for means over groups (bootstrap.h).
[[nodiscard]] base::Result<std::vector<double>> log_losses(Scores probs, Labels labels);
// (p - y)^2 of each point.
[[nodiscard]] base::Result<std::vector<double>> squared_errors(Scores probs, Labels labels);

// Means of those over the points.
[[nodiscard]] base::Result<double> log_loss(Scores probs, Labels labels, Weights weights = {});
[[nodiscard]] base::Result<double> brier(Scores probs, Labels labels, Weights weights = {});

struct CalibrationBin {
  double lowest_prob = 0;
  double highest_prob = 0;
  double mean_prob = 0;
  double positive_rate = 0;
  std::size_t count = 0;
};

// Bins of equal count in ascending order of probability. Equal probabilities are never parted, so the table does not
// depend on the order of the rows; there are fewer bins than asked for where ties fill several.
[[nodiscard]] base::Result<std::vector<CalibrationBin>> calibration_table(Scores probs, Labels labels,
                                                                          std::size_t bin_count = 10);

// Expected calibration error: mean over the points of |mean_prob - positive_rate| of their bin.
[[nodiscard]] double calibration_error(const std::vector<CalibrationBin>& table);

}  // namespace inkling::eval
