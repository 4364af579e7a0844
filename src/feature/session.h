// A shopper's session in a few numbers, for models that read no sequences: how it began, how long it has lasted, what
// was looked at and how often again. It is the session as the state still holds it: in one longer than the bounded
// history, everything but the counts of now reaches back to the oldest held record only.
// Thread safety: pure functions of plain values. Cost: O(n²) comparisons in the at most 102 held browse records, some
// microseconds; no allocation. Wasm-clean.
// Source: Romov and Sokolov, RecSys 2015 (models.md A.5); cut to what one pass over a session can tell.
#pragma once

#include <array>
#include <cstdint>

#include "state/shopper_state.h"

namespace inkling::feature {

inline constexpr std::int64_t kNoSessionGap = -1;

// Names by hash, 0: nobody said any. Of two with the most records, `most` is the one that reached it last.
struct NamesSeen {
  std::uint64_t first = 0, last = 0, most = 0;
  std::uint32_t distinct = 0;
  std::uint32_t seen_twice = 0;  // names with more than one record
  std::uint32_t repeats = 0;     // records of a name that had one before
};

struct SessionSummary {
  bool live = false;           // nothing below is told of a session that is over
  std::int64_t start_ms = -1;  // of its oldest held record, of whatever view
  std::int64_t last_ms = -1;
  std::int64_t gap_ms = -1;  // silence before it; -1: the first ever, or its start is no longer held
  std::uint32_t browses = 0, swipes = 0, taps = 0;
  NamesSeen items, leaf_categories;
  // How long a page was looked at: stay_ms where it was said, else the time to the next browse record.
  std::uint32_t dwells = 0;
  double dwell_sum_ms = 0, dwell_max_ms = 0;
  std::int64_t dwell_last_ms = -1;
  std::array<std::uint32_t, state::kActionGroupCount> groups{};
};

// `session_gap_ms`: the blueprint's (kNoSessionGap: never ends). All zero when no session is going on at `now_ms`.
[[nodiscard]] SessionSummary summarise_session(const state::ShopperState& state, std::int64_t now_ms,
                                               std::int64_t session_gap_ms);

// Whether a record that came `idle_ms` after the one before it (-1: first ever) starts a new session.
[[nodiscard]] bool starts_session(std::int64_t idle_ms, std::int64_t session_gap_ms);

}  // namespace inkling::feature
