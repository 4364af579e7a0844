// Where boosting stands, as a file that is replaced whole: XGBoost's snapshots of all boosters, and what early
// stopping remembers. It belongs to one job (samples, parameters, seed) and is refused by any other. Thread safety:
// one thread.
#pragma once

#include <string>
#include <vector>

#include "base/core/result.h"
#include "train/training_half.h"

namespace inkling::models::purchase_gbdt {

// Of one horizon.
struct Standing {
  int rounds = 0;        // trees grown
  int best_rounds = 0;   // trees to keep; all grown ones when nobody is held out
  double best_loss = 0;  // on held-out shoppers, with best_rounds trees
  double loss = 0;       // the same with all grown trees
  bool stopped = false;
};

struct Checkpoint {
  std::vector<Standing> standings;    // one a target
  std::vector<std::string> boosters;  // snapshots; empty for a target that has one class only
  std::vector<train::EpochReport> epochs;
  int best_epoch = 0;
};

[[nodiscard]] base::Status save_checkpoint(const train::TrainingJob& job, const Checkpoint& checkpoint);
// False when there is none; kConflict when it is another job's, kCorrupt when damaged.
[[nodiscard]] base::Result<bool> load_checkpoint(const train::TrainingJob& job, Checkpoint& checkpoint);

}  // namespace inkling::models::purchase_gbdt
