// Trains and tests the contenders of an add-on suite, seed by seed. What a run left behind is kept in the suite's
// folder, so a suite that was stopped goes on where it was; what was made from other inputs, or by another build, is
// made again. Failure: as training and the simulation say it; a file that cannot be read is a run that is made again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "apps/cli/add_on_suite.h"
#include "apps/cli/add_on_trial.h"
#include "apps/cli/console.h"

namespace inkling::cli {

struct AddOnCost {
  double train_seconds = 0;          // all that the training half does, without the warm start's own training
  std::int64_t package_bytes = 0;    // of the tensors
  double candidates_per_second = 0;  // start() and score() together, one thread, in float
};

struct AddOnRun {
  std::string inputs;  // a hash of all that it depends on
  std::string name;    // of the contender
  std::uint64_t seed = 0;
  std::vector<double> scores;  // of every offer of the test part, look after look
  AddOnCost cost;
};

// A seed with the runs of all contenders, in their order.
struct TriedSeed {
  AddOnTrial trial;
  std::vector<AddOnRun> runs;
};

[[nodiscard]] base::Result<std::vector<TriedSeed>> run_add_on_suite(const AddOnSuite& suite,
                                                                    const std::filesystem::path& out,
                                                                    Console& console);

}  // namespace inkling::cli
