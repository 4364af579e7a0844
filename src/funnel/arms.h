// What became of the looks of each arm of an experiment. Thread safety: pure function. Cost: linear.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "funnel/look.h"
#include "funnel/order.h"

namespace inkling::funnel {

struct ArmSummary {
  std::string arm;  // "" of all together
  std::uint64_t looks = 0;
  std::uint64_t answers = 0;
  std::uint64_t positions = 0;                      // of all answers
  std::array<std::uint64_t, kDeeds> deeds{};        // by Deed; different items of a look
  std::array<std::uint64_t, kDeeds> deeds_alike{};  // of them, items of a leaf category that was ticked
  std::uint64_t looks_with_click = 0;
  std::uint64_t shown_with_click = 0;  // different items of those looks
  double depth_mean = 0;               // different items shown in a look
  std::int64_t depth_median = 0;
  std::int64_t depth_p90 = 0;
  std::uint64_t orders = 0;      // with something put in out of the arm's answers
  std::int64_t gmv_cents = 0;    // of these orders, whole
  std::int64_t added_cents = 0;  // of their lines that were put in so

  [[nodiscard]] std::uint64_t of(Deed deed) const { return deeds[static_cast<std::size_t>(deed)]; }
  // Own-category share: of what completes a cart, how much is of a leaf that lies in it; 0 of nothing.
  [[nodiscard]] double alike_share(Deed deed) const {
    const auto alike = static_cast<double>(deeds_alike[static_cast<std::size_t>(deed)]);
    return of(deed) == 0 ? 0 : alike / static_cast<double>(of(deed));
  }
  [[nodiscard]] std::uint64_t shown_again() const { return positions - of(Deed::kShown); }
};

// Of all looks first, then of each arm by its number. Amounts of different currencies add up: ask for one market.
[[nodiscard]] std::vector<ArmSummary> summarise_arms(const std::vector<Look>& looks, const std::vector<Order>& orders,
                                                     const std::vector<std::string>& arms);

}  // namespace inkling::funnel
