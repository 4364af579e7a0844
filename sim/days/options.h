// What the simulated promotion days are made of, beside the marketplace (sim/options.h). Thread safety: plain values.
#pragma once

#include <cstdint>

#include "base/core/result.h"
#include "sim/catalogue.h"
#include "sim/days/complements.h"
#include "sim/days/ladder.h"
#include "sim/days/promotion_model.h"
#include "sim/options.h"

namespace inkling::sim::days {

struct DaysOptions {
  std::uint32_t days = 0;     // they follow the marketplace's own days; 0: none
  double shuffled_arm = 0.3;  // of shoppers: the built-in policy shows them its finds in any order
  PromotionModel model;
  Ladder ladder;
};

inline constexpr std::uint32_t kMostPromotionDays = 366;
inline constexpr std::int64_t kAddOnPageSize = 10;

// Names the option that is out of its range, the value found and the range.
[[nodiscard]] base::Status check(const DaysOptions& options);

// All that shoppers of promotion days have in common. Ownership: what it refers to outlives it.
struct DaysWorld {
  const DaysOptions& options;
  const Catalogue& catalogue;
  Complements complements;
  std::int64_t promotion_ends_ms = domain::kLastTimeMs;

  // Once the promotion is over there are no steps.
  [[nodiscard]] Standing standing_of(std::int64_t sum_cents, std::int64_t now_ms) const {
    return now_ms < promotion_ends_ms ? standing(options.ladder, sum_cents) : Standing{.sum_cents = sum_cents};
  }
};

}  // namespace inkling::sim::days
