#include "feature/session.h"

#include <algorithm>
#include <span>

namespace inkling::feature {
namespace {

using state::BrowseRecord;
using state::ShopperState;

struct Start {
  std::uint32_t ordinal = 0;
  std::int64_t gap_ms = -1;
  bool held = false;
};

// The newest held record that starts a session, of whatever view.
template <typename Ring>
void look_for_start(const Ring& ring, std::int64_t session_gap_ms, Start& start) {
  for (std::uint64_t i = ring.total(); i > ring.first(); --i) {
    const state::RecordTime& time = ring.at(i - 1).time;
    if (start.held && time.ordinal <= start.ordinal) return;
    if (!starts_session(time.idle_ms, session_gap_ms)) continue;
    start = {time.ordinal, time.idle_ms, true};
    return;
  }
}

// Stream index of the session's first held record in this view.
template <typename Ring>
std::uint64_t first_of_session(const Ring& ring, const Start& start) {
  std::uint64_t first = ring.total();
  while (first > ring.first() && ring.at(first - 1).time.ordinal >= start.ordinal) --first;
  return first;
}

template <typename Ring>
void note_start(const Ring& ring, std::uint64_t first, SessionSummary& session) {
  if (first == ring.total()) return;
  const std::int64_t ts_ms = ring.at(first).time.ts_ms;
  session.start_ms = session.start_ms < 0 ? ts_ms : std::min(session.start_ms, ts_ms);
}

NamesSeen count_names(std::span<const std::uint64_t> names) {
  NamesSeen seen;
  std::uint32_t most = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == 0) continue;
    if (seen.first == 0) seen.first = names[i];
    seen.last = names[i];
    const auto before = static_cast<std::uint32_t>(std::ranges::count(names.first(i), names[i]));
    seen.distinct += before == 0 ? 1 : 0;
    seen.seen_twice += before == 1 ? 1 : 0;
    seen.repeats += before > 0 ? 1 : 0;
    if (before + 1 < most) continue;
    most = before + 1;
    seen.most = names[i];
  }
  return seen;
}

void add_dwell(std::int64_t dwell_ms, SessionSummary& session) {
  session.dwell_last_ms = dwell_ms;
  if (dwell_ms < 0) return;
  ++session.dwells;
  session.dwell_sum_ms += static_cast<double>(dwell_ms);
  session.dwell_max_ms = std::max(session.dwell_max_ms, static_cast<double>(dwell_ms));
}

void read_browses(const ShopperState& state, std::uint64_t first, SessionSummary& session) {
  std::array<std::uint64_t, state::kBrowseHistory> items{}, leaves{};
  std::size_t count = 0;
  for (std::uint64_t i = first; i < state.browses.total(); ++i, ++count) {
    const BrowseRecord& record = state.browses.at(i);
    items[count] = record.item;
    leaves[count] = record.leaf_category;
    const bool newest = i + 1 == state.browses.total();
    const std::int64_t until_next_ms = newest ? -1 : state.browses.at(i + 1).time.ts_ms - record.time.ts_ms;
    add_dwell(record.stay_ms >= 0 ? record.stay_ms : until_next_ms, session);
    const std::size_t group = state::action_group(record.action);
    if (group < session.groups.size()) ++session.groups[group];
  }
  session.browses = static_cast<std::uint32_t>(count);
  session.items = count_names(std::span(items).first(count));
  session.leaf_categories = count_names(std::span(leaves).first(count));
}

}  // namespace

bool starts_session(std::int64_t idle_ms, std::int64_t session_gap_ms) {
  return idle_ms < 0 || (session_gap_ms != kNoSessionGap && idle_ms > session_gap_ms);
}

SessionSummary summarise_session(const ShopperState& state, std::int64_t now_ms, std::int64_t session_gap_ms) {
  SessionSummary session;
  if (state.last_record_ms < 0 ||
      starts_session(std::max<std::int64_t>(now_ms - state.last_record_ms, 0), session_gap_ms)) {
    return session;
  }
  session.live = true;
  session.last_ms = state.last_record_ms;
  Start start;
  look_for_start(state.browses, session_gap_ms, start);
  look_for_start(state.swipes, session_gap_ms, start);
  look_for_start(state.taps, session_gap_ms, start);
  session.gap_ms = start.gap_ms;
  const std::uint64_t browse = first_of_session(state.browses, start);
  const std::uint64_t swipe = first_of_session(state.swipes, start);
  const std::uint64_t tap = first_of_session(state.taps, start);
  note_start(state.browses, browse, session);
  note_start(state.swipes, swipe, session);
  note_start(state.taps, tap, session);
  session.swipes = static_cast<std::uint32_t>(state.swipes.total() - swipe);
  session.taps = static_cast<std::uint32_t>(state.taps.total() - tap);
  read_browses(state, browse, session);
  return session;
}

}  // namespace inkling::feature
