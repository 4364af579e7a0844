#include "state/records.h"

#include <algorithm>

#include "base/core/clock.h"
#include "base/core/hash.h"
#include "state/bounds.h"
#include "state/interests.h"

namespace inkling::state {
namespace {

std::int64_t gap_ms(std::int64_t now_ms, std::int64_t before_ms) {
  return before_ms < 0 ? -1 : std::min(now_ms - before_ms, kLongestGapMs);
}

void count_active_day(ShopperState& state, std::int64_t now_ms) {
  const std::int64_t day = now_ms / base::kDayMs;
  if (day == state.last_active_day) {
    ++state.last_day_records;
    return;
  }
  state.last_active_day = day;
  state.last_day_records = 1;
  ++state.active_days;
}

template <typename View>
RecordTime next_record_time(ShopperState& state, std::int64_t ts_ms, const View& view) {
  state.clock_ms = std::max(state.clock_ms, clamp_time(ts_ms));
  RecordTime time;
  time.ts_ms = state.clock_ms;
  time.ordinal = state.record_count++;
  time.idle_ms = gap_ms(time.ts_ms, state.last_record_ms);
  time.view_gap_ms = view.empty() ? -1 : gap_ms(time.ts_ms, view.newest().time.ts_ms);
  state.last_record_ms = time.ts_ms;
  count_active_day(state, time.ts_ms);
  return time;
}

// clamp_time first: a wire timestamp may lie so far off that adding to it would overflow.
std::int64_t gesture_time(std::int64_t event_ts_ms, std::int32_t offset_ms) {
  return clamp_time(event_ts_ms) + offset_ms;
}

void record_swipe(ShopperState& state, std::int64_t event_ts_ms, domain::Swipe swipe) {
  const RecordTime time = next_record_time(state, gesture_time(event_ts_ms, swipe.offset_ms), state.swipes);
  swipe.offset_ms = 0;
  state.swipes.push({time, swipe});
}

void record_tap(ShopperState& state, std::int64_t event_ts_ms, domain::Tap tap) {
  const RecordTime time = next_record_time(state, gesture_time(event_ts_ms, tap.offset_ms), state.taps);
  tap.offset_ms = 0;
  state.taps.push({time, tap});
}

std::uint32_t held_records_of(const ShopperState& state, std::uint64_t item) {
  if (item == 0) return 0;
  std::uint32_t count = 0;
  for (std::uint64_t i = state.browses.first(); i < state.browses.total(); ++i) {
    count += state.browses.at(i).item == item ? 1 : 0;
  }
  return count;
}

void set_category(BrowseRecord& record, const std::vector<std::string>& path) {
  if (path.empty()) return;
  record.top_category = base::name_hash(path.front());
  record.leaf_category = base::name_hash(path.back());
}

// An order line does not say its category; the newest held record of the item may.
void set_category_from_history(BrowseRecord& record, const ShopperState& state) {
  for (std::uint64_t i = state.browses.total(); i > state.browses.first(); --i) {
    const BrowseRecord& earlier = state.browses.at(i - 1);
    if (earlier.item != record.item || earlier.leaf_category == 0) continue;
    record.top_category = earlier.top_category;
    record.leaf_category = earlier.leaf_category;
    return;
  }
}

BrowseRecord record_of(const domain::Action& action) {
  BrowseRecord record;
  record.action = action.action;
  set_category(record, action.category);
  record.page = base::name_hash(action.page);
  record.item = base::name_hash(action.item);
  record.stay_ms = action.stay_ms < 0 ? -1 : std::min(action.stay_ms, kLongestGapMs);
  return record;
}

void push_browse(ShopperState& state, BrowseRecord record) {
  record.item_repeat = held_records_of(state, record.item);
  record.time = next_record_time(state, state.clock_ms, state.browses);
  add_interest(state, record.leaf_category, record.action, record.time.ts_ms);
  state.browses.push(record);
}

void record_order_line(ShopperState& state, const domain::Action& action, const std::string& item) {
  BrowseRecord record = record_of(action);
  const bool is_items_own_action = item == action.item || (action.item.empty() && action.lines.size() == 1);
  record.item = base::name_hash(item);
  if (!is_items_own_action) record.top_category = record.leaf_category = 0;
  if (record.leaf_category == 0 && record.item != 0) set_category_from_history(record, state);
  push_browse(state, record);
}

}  // namespace

void record_gestures(ShopperState& state, std::int64_t event_ts_ms, const domain::Gestures& gestures) {
  auto swipe = gestures.swipes.begin();
  auto tap = gestures.taps.begin();
  while (swipe != gestures.swipes.end() || tap != gestures.taps.end()) {
    const bool swipe_is_next =
        tap == gestures.taps.end() || (swipe != gestures.swipes.end() && swipe->offset_ms <= tap->offset_ms);
    if (swipe_is_next) {
      record_swipe(state, event_ts_ms, *swipe++);
    } else {
      record_tap(state, event_ts_ms, *tap++);
    }
  }
}

void record_browse(ShopperState& state, const domain::Action& action) {
  if (action.action != domain::ActionKind::kPurchase || action.lines.empty()) {
    push_browse(state, record_of(action));
    return;
  }
  const std::size_t count = std::min(action.lines.size(), kPurchaseRecords);
  for (std::size_t i = 0; i < count; ++i) record_order_line(state, action, action.lines[i].item);
}

}  // namespace inkling::state
