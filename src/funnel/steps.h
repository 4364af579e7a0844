// Where orders stand between the steps of one promotion. Thread safety: pure functions. Cost: linear; overshoots
// sort.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "funnel/order.h"

namespace inkling::funnel {

inline constexpr double kJustBelow = 0.25;  // of the next step's amount

// Orders by what they amount to over the nearest step's amount (in ratio), in bins of 5 % from 50 % to 150 %.
inline constexpr std::size_t kRatioBins = 20;
inline constexpr double kFirstRatio = 0.5;
inline constexpr double kRatioWidth = 0.05;

// The value that so large a share does not exceed (nearest rank); 0 for none.
[[nodiscard]] std::int64_t quantile(std::vector<std::int64_t> values, double share);

// By how much orders exceed the step that they reach.
struct Overshoot {
  static constexpr std::size_t kParts = 20;
  std::uint64_t orders = 0;
  std::int64_t median_cents = 0;
  std::int64_t p90_cents = 0;
  std::array<std::int64_t, kParts> up_to_cents{};  // what (i + 1) / kParts of them do not exceed
};

struct StepSummary {
  std::uint64_t orders = 0;
  std::uint64_t reached = 0;     // at least one step
  std::uint64_t just_below = 0;  // of the next step's amount at most kJustBelow is missing
  std::array<std::uint64_t, kRatioBins> ratio_bins{};
  std::uint64_t below_bins = 0;
  std::uint64_t above_bins = 0;
  Overshoot overshoot;        // of all orders that reached a step
  Overshoot overshoot_added;  // of those with something put in out of an answer
  Overshoot overshoot_other;

  [[nodiscard]] double just_below_share() const {
    return orders == 0 ? 0 : static_cast<double>(just_below) / static_cast<double>(orders);
  }
};

// Of the orders that hold goods of the promotion.
[[nodiscard]] StepSummary summarise_steps(const std::vector<Order>& orders, std::uint32_t promotion);

}  // namespace inkling::funnel
