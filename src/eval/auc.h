// How well scores put positives above negatives: AUC, AUC within groups, average precision. Not for how true the
// probabilities are (calibration.h) nor how sure the figure is (bootstrap.h).
// Scores may be logits: only their order counts. Thread safety: pure functions. Cost: O(n log n).
// Failure: kInvalidInput for bad columns or where a class is missing, so that the metric has no value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/core/result.h"
#include "eval/groups.h"
#include "eval/points.h"

namespace inkling::eval {

// The chance that a random positive scores above a random negative; a tie counts one half (average ranks).
[[nodiscard]] base::Result<double> auc(Scores scores, Labels labels, Weights weights = {});

// Mean precision over the recall gained at each distinct score, without interpolation. 1 is best, the rate of
// positives is what chance gives.
[[nodiscard]] base::Result<double> average_precision(Scores scores, Labels labels, Weights weights = {});

enum class GroupWeight : std::uint8_t {
  kExposures,  // the points of the group (their weights' sum): DIN's definition
  kPositives,  // its positives
  kEqual,      // every group the same
};

struct Gauc {
  double value = 0;
  std::string definition;  // "GAUC by shopper, weighted by exposures": quote it with the value
  std::size_t groups_used = 0;
  std::size_t groups_dropped = 0;   // of one class only, where no AUC exists
  double points_dropped_share = 0;  // of all weight, in the dropped groups
};

// Mean of the AUC within each group that has both classes. `group_name` says what a group is, for the definition.
[[nodiscard]] base::Result<Gauc> gauc(Scores scores, Labels labels, const Groups& groups, std::string_view group_name,
                                      GroupWeight group_weight = GroupWeight::kExposures, Weights weights = {});

}  // namespace inkling::eval
