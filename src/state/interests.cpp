#include "state/interests.h"

#include <algorithm>
#include <cmath>

namespace inkling::state {
double interest_weight(domain::ActionKind action) {
  using domain::ActionKind;
  switch (action) {
    case ActionKind::kView:
    case ActionKind::kClick:
    case ActionKind::kSearch:
    case ActionKind::kFilter:
    case ActionKind::kTagPick:
      return 1;
    case ActionKind::kFavourite:
    case ActionKind::kCartAdd:
    case ActionKind::kCall:
    case ActionKind::kChat:
    case ActionKind::kShare:
      return 3;
    case ActionKind::kPurchase:
      return 5;
    default:
      return 0;
  }
}

double faded(const Interest& interest, std::int64_t now_ms) {
  const double age_ms = static_cast<double>(std::max<std::int64_t>(now_ms - interest.as_of_ms, 0));
  return interest.weight * std::exp2(-age_ms / static_cast<double>(kInterestHalfLifeMs));
}

namespace {

void drop_faintest(std::vector<Interest>& interests, std::int64_t now_ms) {
  const auto fainter = [now_ms](const Interest& a, const Interest& b) { return faded(a, now_ms) < faded(b, now_ms); };
  interests.erase(std::min_element(interests.begin(), interests.end(), fainter));
}

}  // namespace

void add_interest(ShopperState& state, std::uint64_t category, domain::ActionKind action, std::int64_t now_ms) {
  const double weight = interest_weight(action);
  if (category == 0 || weight <= 0) return;
  auto& interests = state.interests;
  const auto found = std::find_if(interests.begin(), interests.end(),
                                  [category](const Interest& row) { return row.category == category; });
  if (found != interests.end()) {
    found->weight = faded(*found, now_ms) + weight;
    found->as_of_ms = now_ms;
    return;
  }
  if (interests.size() == kInterests) drop_faintest(interests, now_ms);
  interests.push_back({category, weight, now_ms});
}

}  // namespace inkling::state
