#include "sim/finger.h"

#include <algorithm>
#include <iterator>

namespace inkling::sim {
namespace {

constexpr double kScreen = 10'000;
constexpr double kTapJitter = 250;
constexpr double kTapPauseMs = 420;
constexpr double kShortestPauseMs = 60;
constexpr double kShortestSwipeMs = 30;

}  // namespace

void Finger::begin(std::int64_t now_ms) {
  now_ms_ = limit_ms_ = now_ms;
  slowness_ = 1;
  page_ = Page::kHome;
  tap_x_ = tap_y_ = -1;
}

bool Finger::swipe(const Stroke& stroke) {
  const double pause_ms = kShortestPauseMs + slowness_ * random_.exponential(stroke.pause_ms);
  const double spread = 0.4 + 0.6 * (random_.uniform() + random_.uniform());
  const double duration_ms = kShortestSwipeMs + slowness_ * stroke.duration_ms * spread;
  const std::int64_t start_ms = now_ms_ + static_cast<std::int64_t>(pause_ms);
  const std::int64_t end_ms = start_ms + static_cast<std::int64_t>(duration_ms);
  if (end_ms > limit_ms_) return false;
  if (swipes_ + taps_ == 0) batch_ms_ = start_ms;
  const double x = stroke.from_x + stroke.jitter * random_.uniform(-1, 1);
  const double y = stroke.from_y + stroke.jitter * random_.uniform(-1, 1);
  const double length = random_.uniform(0.67, 1.33);
  domain::Swipe& swipe = swipe_batch_[swipes_++];
  swipe.offset_ms = static_cast<std::int32_t>(end_ms - batch_ms_);
  swipe.duration_ms = static_cast<std::int32_t>(end_ms - start_ms);
  swipe.tap_x = tap_x_;
  swipe.tap_y = tap_y_;
  swipe.start_x = place(x);
  swipe.start_y = place(y);
  // A finger never goes quite straight.
  swipe.end_x = place(x + stroke.by_x * length + random_.uniform(-120, 120));
  swipe.end_y = place(y + stroke.by_y * length + random_.uniform(-120, 120));
  swipe.page = static_cast<std::int16_t>(page_);
  swipe.action = static_cast<std::int16_t>(stroke.action);
  now_ms_ = end_ms;
  if (swipes_ == domain::kMaxSwipes) flush();
  return true;
}

bool Finger::tap(Control control, Button button, double x, double y) {
  const double pause_ms = kShortestPauseMs + slowness_ * random_.exponential(kTapPauseMs);
  const std::int64_t ts_ms = now_ms_ + static_cast<std::int64_t>(pause_ms);
  if (ts_ms > limit_ms_) return false;
  if (swipes_ + taps_ == 0) batch_ms_ = ts_ms;
  domain::Tap& tap = tap_batch_[taps_++];
  tap.offset_ms = static_cast<std::int32_t>(ts_ms - batch_ms_);
  tap.x = tap_x_ = place(x + kTapJitter * random_.uniform(-1, 1));
  tap.y = tap_y_ = place(y + kTapJitter * random_.uniform(-1, 1));
  tap.page = static_cast<std::int16_t>(page_);
  tap.event = static_cast<std::int16_t>(control);
  tap.button = static_cast<std::int16_t>(button);
  now_ms_ = ts_ms;
  if (taps_ == domain::kMaxTaps) flush();
  return true;
}

void Finger::take(std::vector<TimedGestures>& batches) {
  flush();
  std::move(full_.begin(), full_.end(), std::back_inserter(batches));
  full_.clear();
}

std::int16_t Finger::place(double place) const {
  return static_cast<std::int16_t>(std::clamp(place, 0.0, kScreen));
}

void Finger::flush() {
  if (swipes_ + taps_ == 0) return;
  TimedGestures& batch = full_.emplace_back();
  batch.ts_ms = batch_ms_;
  batch.gestures.swipes.assign(swipe_batch_.begin(), swipe_batch_.begin() + static_cast<std::ptrdiff_t>(swipes_));
  batch.gestures.taps.assign(tap_batch_.begin(), tap_batch_.begin() + static_cast<std::ptrdiff_t>(taps_));
  swipes_ = taps_ = 0;
}

}  // namespace inkling::sim
