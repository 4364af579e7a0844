// Rows of a table scored by a model that was trained on one: what training measures itself with, and `inkling
// evaluate
// --table`. Thread safety: one thread. Failure: names the file, line and column, or the package that does not fit.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "apps/cli/evaluation.h"
#include "apps/cli/table_file.h"
#include "artifact/manifest.h"
#include "base/core/result.h"
#include "feature/blueprint.h"
#include "feature/scorer.h"

namespace inkling::cli {

// Probabilities of the rows that `chosen` marks, in their order.
[[nodiscard]] base::Result<std::vector<double>> score_rows(const Table& table, const std::vector<bool>& chosen,
                                                           const feature::BlueprintSpec& blueprint,
                                                           const feature::Scorer& scorer);
// Of those rows. Each is somebody's one session: intervals draw rows.
[[nodiscard]] base::Result<TargetEvaluation> evaluate_rows(const std::string& label, const Table& table,
                                                           const std::vector<double>& probs,
                                                           const std::vector<bool>& chosen);
// As CSV: line, fold (0 without folds), label_<label> where the table has labels, and <label>, the probability.
[[nodiscard]] base::Status write_rows(const std::string& path, const Table& table, const std::string& label,
                                      const std::vector<double>& probs, const std::vector<int>& folds,
                                      const std::vector<bool>& chosen);

struct ScoredTable {
  artifact::PackageManifest manifest;
  TargetEvaluation evaluation;  // probs of all rows; labels empty when the file has none
};
// `version` empty: the newest. `predictions` empty: written nowhere.
[[nodiscard]] base::Result<ScoredTable> score_table(const std::filesystem::path& data, const std::string& table,
                                                    const std::string& model, const std::string& version,
                                                    const std::string& predictions);

}  // namespace inkling::cli
