#include "sample/replay.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/core/clock.h"
#include "feature/source.h"
#include "sample/thinned_values.h"

namespace inkling::sample {
namespace {

using base::Result;
using base::Status;
using domain::Action;
using domain::ActionKind;
using state::ShopperState;
using store::JournalEntry;

bool is_purchase(const domain::Event& event) {
  const auto* action = std::get_if<Action>(&event.body);
  return action != nullptr && action->action == ActionKind::kPurchase;
}

// The shopper's own doing: grant and expire happen to a shopper.
bool is_own_action(const domain::Event& event) {
  const auto* action = std::get_if<Action>(&event.body);
  return action != nullptr && action->action != ActionKind::kGrant && action->action != ActionKind::kExpire;
}

// How far folding the event moves the shopper's clock: gestures come with times of their own.
std::int64_t reach_ms(const ShopperState& state, const domain::Event& event) {
  const std::int64_t ts_ms = std::clamp(event.ts_ms, std::int64_t{0}, state::kMaxTimeMs);
  std::int64_t reach_ms = std::max(ts_ms, state.clock_ms);
  if (const auto* gestures = std::get_if<domain::Gestures>(&event.body)) {
    for (const auto& swipe : gestures->swipes) reach_ms = std::max(reach_ms, ts_ms + swipe.offset_ms);
    for (const auto& tap : gestures->taps) reach_ms = std::max(reach_ms, ts_ms + tap.offset_ms);
  }
  return reach_ms;
}

// The last millisecond of a local day.
std::int64_t day_end_ms(std::int64_t day, const feature::LocalTime& local) {
  return (day + 1) * base::kDayMs - local.utc_offset_ms - 1;
}

class ShopperReplay {
 public:
  ShopperReplay(const SamplePlan& plan, feature::LocalTime local, std::int64_t known_until_ms, ReplayVisitor& visitor)
      : plan_(plan), local_(local), known_until_ms_(known_until_ms), visitor_(visitor) {}

  Status run(std::string_view shopper, const std::vector<JournalEntry>& entries) {
    shopper_ = shopper;
    collect_asked(entries);
    INKLING_TRY(visitor_.begin_shopper(shopper));
    for (const JournalEntry& entry : entries) INKLING_TRY(step(entry));
    return end_day(state_.clock_ms + base::kDayMs);
  }

 private:
  void collect_asked(const std::vector<JournalEntry>& entries) {
    for (const JournalEntry& entry : entries) {
      if (is_purchase(entry.event)) purchases_ms_.push_back(entry.event.ts_ms);
      if (plan_.more_actions > 0 && is_own_action(entry.event)) actions_ms_.push_back(entry.event.ts_ms);
    }
    std::sort(purchases_ms_.begin(), purchases_ms_.end());
    std::sort(actions_ms_.begin(), actions_ms_.end());
  }

  // Whether what the plan asks for comes after `ts_ms` and by `until_ms`.
  [[nodiscard]] bool comes(std::int64_t ts_ms, std::int64_t until_ms) const {
    const auto& times_ms = plan_.more_actions > 0 ? actions_ms_ : purchases_ms_;
    const auto next = std::upper_bound(times_ms.begin(), times_ms.end(), ts_ms);
    const std::ptrdiff_t last = std::max<std::ptrdiff_t>(plan_.more_actions, 1) - 1;
    return times_ms.end() - next > last && next[last] <= until_ms;
  }

  Status step(const JournalEntry& entry) {
    INKLING_TRY(end_day(reach_ms(state_, entry.event)));
    state::apply(state_, entry.event);
    sequence_ = entry.sequence;
    INKLING_TRY(visitor_.folded(state_));
    if (!is_own_action(entry.event)) return {};
    active_ = true;
    return plan_.at == PointRule::kAction ? after_action() : Status();
  }

  Status after_action() {
    const std::int64_t now_ms = state_.clock_ms;
    if (last_point_ms_ >= 0 && now_ms - last_point_ms_ < plan_.min_gap_ms) return {};
    return point(now_ms);
  }

  // Before time moves to `next_ms`: if that is another day than the shopper's last active one, that day has ended.
  Status end_day(std::int64_t next_ms) {
    if (plan_.at != PointRule::kDayEnd || !active_) return {};
    const std::int64_t day = local_.day(state_.clock_ms);
    if (local_.day(next_ms) == day) return {};
    active_ = false;
    return point(day_end_ms(day, local_));
  }

  Status point(std::int64_t ts_ms) {
    if (ts_ms + plan_.longest_horizon_ms() > known_until_ms_) return {};
    last_point_ms_ = ts_ms;
    DecisionPoint point{shopper_, ts_ms, sequence_, part_of(plan_, shopper_, ts_ms), {}, -1};
    const auto next = std::upper_bound(purchases_ms_.begin(), purchases_ms_.end(), ts_ms);
    if (next != purchases_ms_.end()) point.next_purchase_ms = *next;
    for (std::size_t i = 0; i < plan_.targets.size(); ++i) {
      point.labels[i] = comes(ts_ms, ts_ms + plan_.targets[i].horizon_ms);
    }
    return visitor_.point(state_, point);
  }

  const SamplePlan& plan_;
  feature::LocalTime local_;
  std::int64_t known_until_ms_;
  ReplayVisitor& visitor_;
  ShopperState state_;
  std::string_view shopper_;
  std::uint64_t sequence_ = 0;
  std::vector<std::int64_t> purchases_ms_;
  std::vector<std::int64_t> actions_ms_;  // the shopper's own, when the plan asks for them
  bool active_ = false;
  std::int64_t last_point_ms_ = -1;
};

// A log told by days is complete up to the end of its last day.
std::int64_t known_until_ms(const SamplePlan& plan, const feature::LocalTime& local, std::int64_t to_ms) {
  return plan.at == PointRule::kDayEnd ? day_end_ms(local.day(to_ms), local) : to_ms;
}

}  // namespace

Status lost_records() {
  return base::internal_error("one event left more records than a state's history holds");
}

std::int64_t last_share_begins_ms(const LogSpan& span, double share) {
  const auto count = static_cast<double>(span.times_ms.size());
  const auto index = static_cast<std::size_t>(count * (1 - share));
  return span.times_ms[std::min(index, span.times_ms.size() - 1)];
}

Result<SamplePlan> with_boundaries(SamplePlan plan, const LogSpan& span) {
  const std::int64_t split_ms = last_share_begins_ms(span, plan.test_fraction);
  return with_boundaries(std::move(plan), span.from_ms, span.to_ms, split_ms);
}

Result<LogSpan> log_span(const store::Store& store) {
  LogSpan span;
  ThinnedValues<std::int64_t> times;
  INKLING_TRY(store.read_journal(1, [&](const JournalEntry& entry) {
    if (entry.event.shopper.empty()) return true;
    const std::int64_t ts_ms = entry.event.ts_ms;
    span.from_ms = span.events == 0 ? ts_ms : std::min(span.from_ms, ts_ms);
    span.to_ms = span.events == 0 ? ts_ms : std::max(span.to_ms, ts_ms);
    ++span.events;
    times.add(ts_ms);
    span.gesture_events += std::holds_alternative<domain::Gestures>(entry.event.body) ? 1 : 0;
    return true;
  }));
  if (span.events == 0) {
    return base::not_found("the journal holds no events of shoppers; import a log or simulate one first");
  }
  span.times_ms = times.sorted();
  return span;
}

Status replay(const store::Store& store, const SamplePlan& plan, std::int64_t utc_offset_ms, const LogSpan& span,
              ReplayVisitor& visitor, const store::Progress& progress) {
  std::vector<std::string> shoppers;
  INKLING_TRY(store.read_shoppers([&](std::string_view shopper) {
    shoppers.emplace_back(shopper);
    return true;
  }));
  const feature::LocalTime local{utc_offset_ms};
  std::vector<JournalEntry> entries;
  for (std::size_t i = 0; i < shoppers.size(); ++i) {
    entries.clear();
    INKLING_TRY(store.read_shopper(shoppers[i], 1, [&](const JournalEntry& entry) {
      entries.push_back(entry);
      return true;
    }));
    ShopperReplay one(plan, local, known_until_ms(plan, local, span.to_ms), visitor);
    INKLING_TRY(one.run(shoppers[i], entries));
    if (progress) progress(i + 1, shoppers.size());
  }
  return {};
}

}  // namespace inkling::sample
