// The AUC of every group: what GAUC and its bootstrap share. Not for other folders.
#pragma once

#include <optional>
#include <vector>

#include "eval/auc.h"

namespace inkling::eval {

struct GroupAuc {
  std::optional<double> auc;  // nothing for a group of one class
  double weight = 0;          // by the definition asked for
  double exposures = 0;
};

// One entry a group, in the order of its number. The columns were checked.
[[nodiscard]] std::vector<GroupAuc> group_aucs(Scores scores, Labels labels, const Groups& groups,
                                               GroupWeight group_weight, Weights weights);
// kInvalidInput unless there is one group id a point.
[[nodiscard]] base::Status check_groups(const Groups& groups, std::size_t point_count);

}  // namespace inkling::eval
