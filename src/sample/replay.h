// Replays the journal through the very fold that runs while serving and stops at every decision point. Whatever a
// model is trained on passes through here, so training and serving cannot disagree and nothing leaks from the future.
//
// Order: shoppers in byte order of their id, each shopper's events in journal order. Memory: one shopper's events.
// Failure: whatever the store or a visitor says. Thread safety: none; one replay, one thread.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "sample/sample_plan.h"
#include "state/shopper_state.h"
#include "store/store.h"

namespace inkling::sample {

struct DecisionPoint {
  std::string_view shopper;
  std::int64_t ts_ms = 0;
  std::uint64_t sequence = 0;  // journal sequence of the last event folded
  Part part = Part::kUnused;
  std::array<bool, feature::kMaxTargets> labels{};  // one per target of the plan
  std::int64_t next_purchase_ms = -1;               // -1: the log tells of none
};

class ReplayVisitor {
 public:
  virtual ~ReplayVisitor() = default;
  virtual base::Status begin_shopper(std::string_view shopper) = 0;
  // After every folded event.
  virtual base::Status folded(const state::ShopperState& state) = 0;
  // A point whose labels are all known (the log reaches past its longest horizon).
  virtual base::Status point(const state::ShopperState& state, const DecisionPoint& point) = 0;
};

// A visitor could not follow: impossible while src/domain bounds what one event holds below the state's histories.
[[nodiscard]] base::Status lost_records();

// First and last time of shoppers' own events, and where between them they lie.
struct LogSpan {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
  std::uint64_t events = 0;
  std::uint64_t gesture_events = 0;
  std::vector<std::int64_t> times_ms;  // of evenly chosen events, sorted: where in time the log's events lie
};
// kNotFound, with what to do, when no shopper ever did anything. Cost: one pass over the journal.
[[nodiscard]] base::Result<LogSpan> log_span(const store::Store& store);
// The moment after which `share` of the log's events lie.
[[nodiscard]] std::int64_t last_share_begins_ms(const LogSpan& span, double share);
// The plan with every boundary set for that log.
[[nodiscard]] base::Result<SamplePlan> with_boundaries(SamplePlan plan, const LogSpan& span);

// `plan` needs its boundaries set. `utc_offset_ms` tells whose days day_end means.
[[nodiscard]] base::Status replay(const store::Store& store, const SamplePlan& plan, std::int64_t utc_offset_ms,
                                  const LogSpan& span, ReplayVisitor& visitor, const store::Progress& progress = {});

}  // namespace inkling::sample
