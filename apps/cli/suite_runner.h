// Runs a suite: for each seed the data, for each model of it a training and a test, all kept in one folder. What is
// there already and was made from the same inputs by this very program is not made again.
//
//   OUT/data/seed-<n>/              the simulated data folder, its packages included
//   OUT/runs/seed-<n>/<model>.json  model_run.h
//
// Failure: whatever simulation and training say. Thread safety: one run a folder.
#pragma once

#include <filesystem>
#include <vector>

#include "apps/cli/console.h"
#include "apps/cli/model_run.h"
#include "apps/cli/suite.h"

namespace inkling::cli {

// By seed, then by model, in the suite's order.
[[nodiscard]] base::Result<std::vector<ModelRun>> run_suite(const Suite& suite, const std::filesystem::path& out,
                                                            Console& console);

}  // namespace inkling::cli
