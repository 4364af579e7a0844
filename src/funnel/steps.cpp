#include "funnel/steps.h"

#include <algorithm>
#include <cmath>

namespace inkling::funnel {
namespace {

// Over the step that is nearest in ratio; an order below the first step or above the last has one beside it only.
double nearest_ratio(const OrderStep& step) {
  const auto amount = static_cast<double>(step.eligible_cents);
  const double over = step.reached_cents > 0 ? amount / static_cast<double>(step.reached_cents) : 0;
  const double under = step.next_cents > 0 ? amount / static_cast<double>(step.next_cents) : 0;
  if (over == 0 || under == 0) return over + under;
  return over < 1 / under ? over : under;
}

void count_ratio(StepSummary& summary, double ratio) {
  const double bin = std::floor((ratio - kFirstRatio) / kRatioWidth + 1e-9);
  if (bin < 0) {
    ++summary.below_bins;
  } else if (bin >= static_cast<double>(kRatioBins)) {
    ++summary.above_bins;
  } else {
    ++summary.ratio_bins[static_cast<std::size_t>(bin)];
  }
}

Overshoot overshoot_of(const std::vector<std::int64_t>& cents) {
  Overshoot found{cents.size(), quantile(cents, 0.5), quantile(cents, 0.9), {}};
  for (std::size_t i = 0; i < Overshoot::kParts; ++i) {
    found.up_to_cents[i] = quantile(cents, static_cast<double>(i + 1) / Overshoot::kParts);
  }
  return found;
}

bool is_just_below(const OrderStep& step) {
  const std::int64_t gap = step.next_cents - step.eligible_cents;
  return step.next_cents > 0 && static_cast<double>(gap) <= kJustBelow * static_cast<double>(step.next_cents);
}

}  // namespace

std::int64_t quantile(std::vector<std::int64_t> values, double share) {
  if (values.empty()) return 0;
  const double rank = std::ceil(share * static_cast<double>(values.size()) - 1e-9);
  const auto place = static_cast<std::size_t>(std::clamp(rank, 1.0, static_cast<double>(values.size()))) - 1;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(place);
  std::ranges::nth_element(values, at);
  return *at;
}

StepSummary summarise_steps(const std::vector<Order>& orders, std::uint32_t promotion) {
  StepSummary summary;
  std::vector<std::int64_t> all, added, other;
  for (const Order& order : orders) {
    const auto step = std::ranges::find(order.steps, promotion, &OrderStep::promotion);
    if (step == order.steps.end()) continue;
    ++summary.orders;
    summary.just_below += is_just_below(*step) ? 1 : 0;
    count_ratio(summary, nearest_ratio(*step));
    if (step->reached_cents == 0) continue;
    ++summary.reached;
    all.push_back(step->overshoot_cents());
    (order.added.empty() ? other : added).push_back(step->overshoot_cents());
  }
  summary.overshoot = overshoot_of(all);
  summary.overshoot_added = overshoot_of(added);
  summary.overshoot_other = overshoot_of(other);
  return summary;
}

}  // namespace inkling::funnel
