#include "basket/trigger_scores.h"

#include <cmath>

namespace inkling::basket {

void TriggerSum::add(float value, std::uint32_t trigger) {
  sum += value;
  if (value <= best) return;
  best = value;
  best_trigger = trigger;
}

void TriggerScores::gather(const CoBasket& statistics, std::span<const std::uint32_t> triggers) {
  forget();
  if (sums_.size() < statistics.item_count()) {
    sums_.resize(statistics.item_count());
    suggested_.reserve(statistics.item_count());
  }
  for (const std::uint32_t trigger : triggers) {
    const auto baskets = static_cast<float>(statistics.paired_baskets(trigger));
    const Neighbours pairs = statistics.pairs(trigger);
    for (std::size_t i = 0; i < pairs.rows.size(); ++i) {
      CandidateSums& sums = touch(pairs.rows[i]);
      const auto partner_baskets = static_cast<float>(statistics.paired_baskets(pairs.rows[i]));
      sums.conditional.add(pairs.values[i] / (baskets + kConditionalPrior), trigger);
      sums.cosine.add(pairs.values[i] / std::sqrt(baskets * partner_baskets), trigger);
    }
    const Neighbours weights = statistics.weights(trigger);
    for (std::size_t i = 0; i < weights.rows.size(); ++i) {
      touch(weights.rows[i]).autoencoder.add(weights.values[i], trigger);
    }
  }
}

CandidateSums& TriggerScores::touch(std::uint32_t row) {
  CandidateSums& sums = sums_[row];
  if (!sums.suggested) suggested_.push_back(row);
  sums.suggested = true;
  return sums;
}

void TriggerScores::forget() {
  for (const std::uint32_t row : suggested_) sums_[row] = {};
  suggested_.clear();
}

}  // namespace inkling::basket
