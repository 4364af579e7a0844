// Gestures that a device made and has not handed on yet, as bodies of `gestures` events: folding those in their order
// makes the same state as folding the gestures one by one when they happened, so device and server agree. Internal to
// apps/edge.
//
// A batch ends at a change of pointer, at 100 swipes or 50 taps, where time runs back or leaps by more than a day,
// and before a swipe that ends in the very millisecond of the tap before it: inside one event the fold takes that
// swipe first. Ownership: values. Thread safety: one thread. Bounded by whoever asks count() before adding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "domain/event.h"

namespace inkling::edge {

struct GestureBatch {
  std::int64_t ts_ms = 0;  // when its first gesture ended
  domain::Gestures gestures;
};

class GestureLedger {
 public:
  // `end_ms` says when it ended; the offset of the gesture given is not read.
  void add(std::int64_t end_ms, domain::Swipe swipe, domain::Pointer pointer);
  void add(std::int64_t end_ms, domain::Tap tap, domain::Pointer pointer);

  // The oldest batch; nothing when none is left.
  [[nodiscard]] std::optional<GestureBatch> take();
  // Gestures in all batches.
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  GestureBatch& batch_for(std::int64_t end_ms, domain::Pointer pointer, bool is_swipe);

  std::vector<GestureBatch> batches_;  // few: each takes many gestures
  std::size_t count_ = 0;
  std::int64_t last_end_ms_ = 0;
  bool last_was_tap_ = false;
};

}  // namespace inkling::edge
