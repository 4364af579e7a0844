// Points in the order of their scores, with ties marked: what the rank metrics walk over. Not for other folders.
// Cost: making one O(n log n); every walk O(n) and without allocation, which is what makes the bootstrap fast.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "eval/points.h"

namespace inkling::eval {

struct RankedPoint {
  std::uint32_t row = 0;
  bool is_positive = false;
  bool ends_tie = false;  // the next point has another score
};

// Highest score first; equal scores in row order.
[[nodiscard]] std::vector<RankedPoint> rank(Scores scores, Labels labels);

// The chance that a positive stands above a negative, a tie counting one half; nothing if one class weighs nothing.
// weight_of(row) >= 0. Equal to the rank-sum form with average ranks.
template <typename WeightOf>
[[nodiscard]] std::optional<double> ranked_auc(const std::vector<RankedPoint>& points, const WeightOf& weight_of) {
  double positives = 0;
  double negatives = 0;
  double tied_positives = 0;
  double tied_negatives = 0;
  double won_pairs = 0;
  for (const RankedPoint& point : points) {
    const double weight = weight_of(point.row);
    (point.is_positive ? tied_positives : tied_negatives) += weight;
    if (!point.ends_tie) continue;
    won_pairs += tied_negatives * (positives + 0.5 * tied_positives);
    positives += tied_positives;
    negatives += tied_negatives;
    tied_positives = tied_negatives = 0;
  }
  if (!(positives > 0) || !(negatives > 0)) return std::nullopt;
  return won_pairs / (positives * negatives);
}

// Sum over thresholds of (recall gained) x (precision there); tied points enter together. Nothing without positives.
template <typename WeightOf>
[[nodiscard]] std::optional<double> ranked_average_precision(const std::vector<RankedPoint>& points,
                                                             const WeightOf& weight_of) {
  double positives = 0;
  double all = 0;
  double tied_positives = 0;
  double sum = 0;
  for (const RankedPoint& point : points) {
    const double weight = weight_of(point.row);
    all += weight;
    if (point.is_positive) tied_positives += weight;
    if (!point.ends_tie) continue;
    positives += tied_positives;
    if (tied_positives > 0) sum += tied_positives * positives / all;
    tied_positives = 0;
  }
  if (!(positives > 0)) return std::nullopt;
  return sum / positives;
}

}  // namespace inkling::eval
