// The points of ROC and precision-recall curves, few enough to draw in a report. Not for the area below (auc.h).
// Thread safety: pure functions. Cost: O(n log n). Failure: kInvalidInput for bad columns or a missing class.
#pragma once

#include <cstddef>
#include <vector>

#include "base/core/result.h"
#include "eval/points.h"

namespace inkling::eval {

struct RocPoint {
  double false_positive_rate = 0;
  double true_positive_rate = 0;
  double threshold = 0;  // points that score at least this count as positive; +infinity at the start
};

struct PrecisionRecallPoint {
  double recall = 0;
  double precision = 1;
  double threshold = 0;
};

// From (0, 0) to (1, 1). Of more than max_points (at least 2) distinct thresholds those are kept that lie evenly
// along the curve, the ends always.
[[nodiscard]] base::Result<std::vector<RocPoint>> roc_curve(Scores scores, Labels labels,
                                                            std::size_t max_points = 200);

// From the highest score down to recall 1; evenly spaced in recall when thinned, the ends always.
[[nodiscard]] base::Result<std::vector<PrecisionRecallPoint>> precision_recall_curve(Scores scores, Labels labels,
                                                                                     std::size_t max_points = 200);

}  // namespace inkling::eval
