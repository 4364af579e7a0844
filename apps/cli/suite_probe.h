// Looks into a package that a suite has just trained: how long a score takes, and what attention rested on in a few
// sessions. Thread safety: one thread. Cost: one replay of the journal.
#pragma once

#include "apps/cli/model_run.h"
#include "apps/cli/package_training.h"

namespace inkling::cli {

// Fills run.cost.score_us and run.sessions; needs run.points and run.targets.
[[nodiscard]] base::Status probe_model(DataFolder& folder, const TrainingRecord& record, ModelRun& run,
                                       Console& console);

}  // namespace inkling::cli
