#include "state/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/core/clock.h"

namespace inkling::state {
namespace {

std::size_t index_of(ActionGroup group) {
  return static_cast<std::size_t>(group);
}

void count_day(GroupStatistics& group, std::int64_t now_ms) {
  const bool is_new_day = group.last_ms < 0 || group.last_ms / base::kDayMs != now_ms / base::kDayMs;
  if (is_new_day) {
    ++group.active_days;
    group.decayed_days += 1;
  }
  group.last_ms = now_ms;
}

// What is left of 1 after `now_ms - as_of_ms`.
double share_left(const GroupStatistics& group, std::size_t half_life, std::int64_t now_ms) {
  const double age_ms = static_cast<double>(std::max<std::int64_t>(now_ms - group.as_of_ms, 0));
  return std::exp2(-age_ms / static_cast<double>(kHalfLivesMs[half_life]));
}

}  // namespace

std::size_t action_group(domain::ActionKind kind) {
  using domain::ActionKind;
  switch (kind) {
    case ActionKind::kView:
    case ActionKind::kClick:
    case ActionKind::kPageEnter:
      return index_of(ActionGroup::kView);
    case ActionKind::kSearch:
    case ActionKind::kFilter:
    case ActionKind::kTagPick:
      return index_of(ActionGroup::kSearch);
    case ActionKind::kFavourite:
      return index_of(ActionGroup::kFavourite);
    case ActionKind::kCartAdd:
      return index_of(ActionGroup::kCartAdd);
    case ActionKind::kCheckout:
      return index_of(ActionGroup::kCheckout);
    case ActionKind::kPurchase:
      return index_of(ActionGroup::kPurchase);
    case ActionKind::kCall:
    case ActionKind::kChat:
      return index_of(ActionGroup::kContact);
    case ActionKind::kSkip:
      return index_of(ActionGroup::kSkip);
    default:
      return kActionGroupCount;
  }
}

double GroupStatistics::decayed_at(std::size_t half_life, std::int64_t now_ms) const {
  return decayed[half_life] * share_left(*this, half_life, now_ms);
}

double GroupStatistics::decayed_days_at(std::int64_t now_ms) const {
  return decayed_days * share_left(*this, kDayHalfLife, now_ms);
}

void count_action(ShopperState& state, domain::ActionKind kind, std::int64_t now_ms) {
  const std::size_t index = action_group(kind);
  if (index == kActionGroupCount) return;
  GroupStatistics& group = state.groups[index];
  for (std::size_t i = 0; i < kHalfLivesMs.size(); ++i) group.decayed[i] = group.decayed_at(i, now_ms) + 1;
  group.decayed_days = group.decayed_days_at(now_ms);
  group.as_of_ms = now_ms;
  group.total += group.total < std::numeric_limits<std::uint32_t>::max() ? 1 : 0;
  count_day(group, now_ms);
}

}  // namespace inkling::state
