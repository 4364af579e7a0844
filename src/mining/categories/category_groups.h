// Which categories are really one: pairs are scored by the mean of their signals, and groups grow from the likest
// pair on while the mean score between two groups stays above a threshold (average linkage). So one stray signal
// joins nobody, and one stray pair joins no two groups. Not for what speaks for a pair (merge_signals.h).
//
// Deterministic. Thread safety: pure. Cost: categories cubed at worst, some seconds for two thousand.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "mining/categories/merge_signals.h"

namespace inkling::categories {

struct MergeOptions {
  std::array<double, kMergeSignals> weight = {1, 1, 1, 1};  // 0: the signal is not asked
  double threshold = 0.45;                                  // of the mean score, in (0, 1)
};

struct MergeFindings {
  std::vector<std::uint32_t> group;  // of each category, numbered in the order of their first
  std::uint32_t groups = 0;
  std::array<PairMatrix, kMergeSignals> signal;
  PairMatrix score;
};

[[nodiscard]] MergeFindings group_categories(std::array<PairMatrix, kMergeSignals> signals,
                                             const MergeOptions& options);

}  // namespace inkling::categories
