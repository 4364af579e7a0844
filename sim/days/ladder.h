// The cross-shop promotion of the simulated promotion days: a ladder of thresholds over all goods. Its arithmetic is
// the simulation's own, so that what it books can be held against what the engine computes. Not for scopes, groups or
// percentages: src/offer knows those. Thread safety: plain values, pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/event.h"

namespace inkling::sim::days {

struct LadderTier {
  std::int64_t spend_cents = 0;
  std::int64_t save_cents = 0;
};

struct Ladder {
  std::string id = "sim-cross-shop";
  std::vector<LadderTier> tiers = {{10'000, 1'000}, {20'000, 2'500}, {30'000, 5'000}};  // ascending
};

// Where a sum stands.
struct Standing {
  std::int64_t sum_cents = 0;
  std::int64_t step = 0;           // tiers reached
  std::int64_t reached_cents = 0;  // threshold of the last one reached; 0: none
  std::int64_t next_cents = 0;     // threshold of the next; 0: there is none

  // 0: there is no next step.
  [[nodiscard]] std::int64_t gap_cents() const { return next_cents == 0 ? 0 : next_cents - sum_cents; }
};

[[nodiscard]] Standing standing(const Ladder& ladder, std::int64_t sum_cents);

// The body of the event that tells the shop of it. Times of 0: always.
[[nodiscard]] domain::Promotion promotion_of(const Ladder& ladder, const std::string& currency,
                                             std::int64_t starts_ms, std::int64_t ends_ms);

}  // namespace inkling::sim::days
