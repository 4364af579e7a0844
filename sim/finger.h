// The finger of a simulated shopper: leaves swipes and taps one after the other, each with plausible coordinates and
// times, and hands them over in batches of at most domain::kMaxSwipes and kMaxTaps. Not for what a gesture is meant
// for: handling.h decides that. Time only runs forward, and no gesture ends after the limit that was set.
// Cost: about 0.1 us a gesture; one allocation a batch and list. Thread safety: one thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/core/random.h"
#include "domain/event.h"
#include "sim/app_tables.h"

namespace inkling::sim {

struct Stroke {
  PageAction action = PageAction::kScrollList;
  double from_x = 0, from_y = 0;  // in 1/10000 of the screen, before jitter
  double by_x = 0, by_y = 0;
  double jitter = 0;       // of the beginning; the length varies by a third
  double duration_ms = 0;  // mean
  double pause_ms = 0;     // mean time before it
};

struct TimedGestures {
  std::int64_t ts_ms = 0;  // when the first of them began
  domain::Gestures gestures;
};

class Finger {
 public:
  explicit Finger(base::Random& random) : random_(random) {}

  // A visit begins: nothing was tapped yet.
  void begin(std::int64_t now_ms);
  void set_slowness(double slowness) { slowness_ = slowness; }
  void set_limit(std::int64_t limit_ms) { limit_ms_ = limit_ms; }
  // Nothing happens before.
  void skip_to(std::int64_t ts_ms) { now_ms_ = std::max(now_ms_, ts_ms); }
  void set_page(Page page) { page_ = page; }
  [[nodiscard]] Page page() const { return page_; }
  [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }
  [[nodiscard]] std::int64_t limit_ms() const { return limit_ms_; }

  // False, and nothing was done, when the time left is too short.
  bool swipe(const Stroke& stroke);
  bool tap(Control control, Button button, double x, double y);

  // Everything since the last time, to be told before whatever happened then.
  void take(std::vector<TimedGestures>& batches);

 private:
  [[nodiscard]] std::int16_t place(double place) const;
  void flush();

  base::Random& random_;
  std::int64_t now_ms_ = 0;
  std::int64_t limit_ms_ = 0;
  double slowness_ = 1;
  Page page_ = Page::kHome;
  std::int16_t tap_x_ = -1;
  std::int16_t tap_y_ = -1;
  std::int64_t batch_ms_ = 0;
  std::size_t swipes_ = 0;
  std::size_t taps_ = 0;
  std::array<domain::Swipe, domain::kMaxSwipes> swipe_batch_;
  std::array<domain::Tap, domain::kMaxTaps> tap_batch_;
  std::vector<TimedGestures> full_;
};

}  // namespace inkling::sim
