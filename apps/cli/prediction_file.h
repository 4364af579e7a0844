// Predictions as CSV: shopper, ts_ms, label_<target> ... and one score column per target, named as the target.
// Written by `evaluate --predictions`; read from rivals by `evaluate --against`, which need no label columns.
#pragma once

#include <string>
#include <vector>

#include "apps/cli/evaluation.h"
#include "base/core/result.h"

namespace inkling::cli {

[[nodiscard]] base::Status write_predictions(const std::string& path, const Evaluation& evaluation);

// A rival's scores, one vector per target of `evaluation`, in the order of its points. Any real number is a score.
// Failure: kInvalidInput that names file, line and column, or the first point that the file does not score.
[[nodiscard]] base::Result<std::vector<std::vector<double>>> read_scores(const std::string& path,
                                                                         const Evaluation& evaluation);

}  // namespace inkling::cli
