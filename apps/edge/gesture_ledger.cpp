#include "apps/edge/gesture_ledger.h"

#include <utility>

#include "base/core/clock.h"

namespace inkling::edge {

GestureBatch& GestureLedger::batch_for(std::int64_t end_ms, domain::Pointer pointer, bool is_swipe) {
  const auto fits = [&](const GestureBatch& batch) {
    const bool has_room =
        is_swipe ? batch.gestures.swipes.size() < domain::kMaxSwipes : batch.gestures.taps.size() < domain::kMaxTaps;
    const bool in_order = end_ms >= last_end_ms_ && end_ms - batch.ts_ms <= base::kDayMs;
    const bool would_pass_a_tap = is_swipe && last_was_tap_ && end_ms == last_end_ms_;
    return batch.gestures.pointer == pointer && has_room && in_order && !would_pass_a_tap;
  };
  if (batches_.empty() || !fits(batches_.back())) {
    GestureBatch& batch = batches_.emplace_back();
    batch.ts_ms = end_ms;
    batch.gestures.pointer = pointer;
  }
  last_end_ms_ = end_ms;
  last_was_tap_ = !is_swipe;
  ++count_;
  return batches_.back();
}

void GestureLedger::add(std::int64_t end_ms, domain::Swipe swipe, domain::Pointer pointer) {
  GestureBatch& batch = batch_for(end_ms, pointer, true);
  swipe.offset_ms = static_cast<std::int32_t>(end_ms - batch.ts_ms);
  batch.gestures.swipes.push_back(swipe);
}

void GestureLedger::add(std::int64_t end_ms, domain::Tap tap, domain::Pointer pointer) {
  GestureBatch& batch = batch_for(end_ms, pointer, false);
  tap.offset_ms = static_cast<std::int32_t>(end_ms - batch.ts_ms);
  batch.gestures.taps.push_back(tap);
}

std::optional<GestureBatch> GestureLedger::take() {
  if (batches_.empty()) return std::nullopt;
  GestureBatch batch = std::move(batches_.front());
  batches_.erase(batches_.begin());
  count_ -= batch.gestures.swipes.size() + batch.gestures.taps.size();
  return batch;
}

}  // namespace inkling::edge
