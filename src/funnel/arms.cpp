#include "funnel/arms.h"

#include <algorithm>

#include "funnel/steps.h"

namespace inkling::funnel {
namespace {

struct Counting {
  ArmSummary summary;
  std::vector<std::int64_t> depths;
};

void count_look(Counting& counting, const Look& look) {
  ArmSummary& arm = counting.summary;
  ++arm.looks;
  arm.answers += look.answers;
  arm.positions += look.positions;
  bool has_click = false;
  for (const Shown& shown : look.shown) {
    for (std::size_t deed = 0; deed < kDeeds; ++deed) {
      if (!shown.did(static_cast<Deed>(deed))) continue;
      ++arm.deeds[deed];
      arm.deeds_alike[deed] += shown.to_ticked.leaf > 0 ? 1 : 0;
    }
    has_click = has_click || shown.clicked;
  }
  counting.depths.push_back(static_cast<std::int64_t>(look.shown.size()));
  if (!has_click) return;
  ++arm.looks_with_click;
  arm.shown_with_click += look.shown.size();
}

// Once for each arm that one of its lines came from.
void count_order(std::vector<Counting>& counting, const std::vector<Look>& looks, const Order& order) {
  std::vector<std::uint32_t> places;
  for (const AddedLine& line : order.added) {
    counting.front().summary.added_cents += line.cents;
    for (const std::uint32_t arm : looks[line.look].arms) {
      counting[arm + 1].summary.added_cents += line.cents;
      if (std::ranges::find(places, arm + 1) == places.end()) places.push_back(arm + 1);
    }
  }
  if (!order.added.empty()) places.push_back(0);
  for (const std::uint32_t place : places) {
    ++counting[place].summary.orders;
    counting[place].summary.gmv_cents += order.cents;
  }
}

ArmSummary finished(Counting& counting) {
  ArmSummary& arm = counting.summary;
  arm.depth_median = quantile(counting.depths, 0.5);
  arm.depth_p90 = quantile(counting.depths, 0.9);
  if (arm.looks > 0) arm.depth_mean = static_cast<double>(arm.of(Deed::kShown)) / static_cast<double>(arm.looks);
  return arm;
}

}  // namespace

std::vector<ArmSummary> summarise_arms(const std::vector<Look>& looks, const std::vector<Order>& orders,
                                       const std::vector<std::string>& arms) {
  std::vector<Counting> counting(arms.size() + 1);
  for (std::size_t arm = 0; arm < arms.size(); ++arm) counting[arm + 1].summary.arm = arms[arm];
  for (const Look& look : looks) {
    count_look(counting.front(), look);
    for (const std::uint32_t arm : look.arms) count_look(counting[arm + 1], look);
  }
  for (const Order& order : orders) count_order(counting, looks, order);
  std::vector<ArmSummary> summaries;
  for (Counting& each : counting) summaries.push_back(finished(each));
  return summaries;
}

}  // namespace inkling::funnel
