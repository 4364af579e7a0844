// How what is added goes with what lies in the cart and with what the shopper did before, by category.
//
// * Mean cross-scores: the share of the ticked items (of the history) that is of the item's own category, over all
// that
//   was shown, clicked, put into the cart, bought. That is how the published system reports it.
// * Lifts of pairs: given a leaf category among the ticked items (in the history), how much more often is an item of
//   another leaf clicked, put into the cart or bought than what that leaf gets when it is shown, whatever is ticked?
//     lift = deeds of the pair / (shown of the pair * deeds of the item's leaf / shown of the item's leaf)
//   1 is independence. Of what is shown it tells what the scene did: shown of the pair over what independence of the
//   two leaves gives. Pairs are ranked by (deeds + k) / (expected + k), so that few cases do not lead the list.
//
// Thread safety: immutable once made. Cost: shown items times different leaves ticked (in the history).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "funnel/look.h"

namespace inkling::funnel {

struct MeanCrossScores {
  std::uint64_t count = 0;
  double leaf_to_ticked = 0;
  double top_to_ticked = 0;
  double leaf_to_history = 0;
  double top_to_history = 0;
};

// By Deed.
[[nodiscard]] std::array<MeanCrossScores, kDeeds> mean_cross_scores(const std::vector<Look>& looks);

enum class Beside : std::uint8_t { kTicked, kHistory };

struct PairLift {
  std::uint32_t beside = 0;  // leaf among the ticked items, or in the history
  std::uint32_t added = 0;   // leaf of the item
  std::uint64_t shown = 0;
  std::uint64_t deeds = 0;
  double expected = 0;  // deeds under independence

  [[nodiscard]] double lift() const { return expected > 0 ? static_cast<double>(deeds) / expected : 0; }
  [[nodiscard]] double ranked() const { return (static_cast<double>(deeds) + kPrior) / (expected + kPrior); }
  static constexpr double kPrior = 5;
};

// All pairs that were shown, largest ranked() first; then by numbers.
[[nodiscard]] std::vector<PairLift> pair_lifts(const std::vector<Look>& looks, const class ItemBook& items,
                                               Beside beside, Deed deed);

}  // namespace inkling::funnel
