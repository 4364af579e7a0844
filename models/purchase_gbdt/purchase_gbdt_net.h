// The training half of the boosted trees: one XGBoost booster a horizon, all grown side by side on the same rows,
// each stopped by its own loss on held-out shoppers. What comes out are tensors; serving needs no XGBoost. Thread
// safety, progress and failure: see train::TrainingHalf. An "epoch" of its reports is kRoundsPerEpoch trees of every
// horizon; a checkpoint is written after each, and resuming gives the trees of an uninterrupted run.
#pragma once

#include "train/training_half.h"

namespace inkling::models::purchase_gbdt {

inline constexpr int kRoundsPerEpoch = 10;

[[nodiscard]] const train::TrainingHalf& training_half();

}  // namespace inkling::models::purchase_gbdt
