// Replays the journal through the very fold that runs while serving and stops at every decision point. Whatever a
// model is trained on passes through here, so training and serving cannot disagree and nothing leaks from the future.
//
// Order: shoppers in byte order of their id, each shopper's events in journal order. Memory: one shopper's events.
// Failure: whatever the store or a visitor says. Thread safety: none; one replay, one thread.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

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
};

class ReplayVisitor {
 public:
  virtual ~ReplayVisitor() = default;
  virtual base::Status begin_shopper(std::string_view shopper) = 0;
  // After every folded event. One event may leave more records than a state holds (a huge batch of gestures): from
  // then on nobody can follow the shopper's sequences, a server neither, so visitors that read them take no more
  // points.
  virtual base::Status folded(const state::ShopperState& state) = 0;
  // A point whose labels are all known (the log reaches past its longest horizon).
  virtual base::Status point(const state::ShopperState& state, const DecisionPoint& point) = 0;
};

// First and last event time of shoppers' own events; kNotFound with what to do when there are none.
struct LogSpan {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
  std::uint64_t events = 0;
  std::uint64_t gesture_events = 0;
};
[[nodiscard]] base::Result<LogSpan> log_span(const store::Store& store);

// `plan` needs its boundaries set. `utc_offset_ms` tells whose days day_end means.
[[nodiscard]] base::Status replay(const store::Store& store, const SamplePlan& plan, std::int64_t utc_offset_ms,
                                  const LogSpan& span, ReplayVisitor& visitor, const store::Progress& progress = {});

}  // namespace inkling::sample
