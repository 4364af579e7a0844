// A suite as one HTML page for people. Thread safety: pure function. Failure: as the metrics say.
#pragma once

#include <string>
#include <vector>

#include "apps/cli/suite_summary.h"

namespace inkling::cli {

[[nodiscard]] base::Result<std::string> suite_report(const Suite& suite, const SuiteSummary& summary,
                                                     const std::vector<ModelRun>& runs);

}  // namespace inkling::cli
