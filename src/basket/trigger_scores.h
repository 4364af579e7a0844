// Scores of candidates for several triggers at once: what a basket suggests. One gather() a request walks the lists
// of all triggers; then every candidate's scores are there to read, with the trigger that said most as the reason.
//
// For a basket S and a candidate y, over the partners that the snapshot keeps:
//   conditional  sum of n(x,y) / (n(x) + kConditionalPrior)     cosine  sum of n(x,y) / sqrt(n(x) n(y))
//   autoencoder  sum of B_xy                                     over x in S
// Sizes: 40 bytes an item of the snapshot. Thread safety: a workspace of one thread. Cost: gather one step a partner
// of each trigger, at most 2 max_neighbours; reading O(1). It allocates only when a larger snapshot comes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "basket/co_basket.h"

namespace inkling::basket {

inline constexpr float kConditionalPrior = 5;  // baskets that a trigger is taken to have had in vain
inline constexpr std::uint32_t kNoTrigger = 0xffffffff;

struct TriggerSum {
  float sum = 0;
  float best = 0;  // the largest addend
  std::uint32_t best_trigger = kNoTrigger;

  void add(float value, std::uint32_t trigger);
};

struct CandidateSums {
  TriggerSum conditional, cosine, autoencoder;
  bool suggested = false;
};

class TriggerScores {
 public:
  // `triggers` are rows of `statistics`; whatever was gathered before is forgotten.
  void gather(const CoBasket& statistics, std::span<const std::uint32_t> triggers);

  [[nodiscard]] const CandidateSums& of(std::uint32_t row) const { return sums_[row]; }
  // Rows that any trigger has in its lists, in no order; triggers may be among them.
  [[nodiscard]] std::span<const std::uint32_t> suggested() const { return suggested_; }

 private:
  CandidateSums& touch(std::uint32_t row);
  void forget();

  std::vector<CandidateSums> sums_;
  std::vector<std::uint32_t> suggested_;
};

}  // namespace inkling::basket
