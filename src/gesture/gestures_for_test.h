// A stream of samples on a screen of 1000 x 2000 pixels, so that a pixel is 10 units across and 5 down.
#pragma once

#include <vector>

#include "gesture/extractor.h"

namespace inkling::gesture {

struct Heard final : Sink {
  std::vector<domain::Swipe> swipes;
  std::vector<domain::Tap> taps;
  std::vector<domain::Pointer> pointers;  // of swipes and taps, as they came

  void swipe(const domain::Swipe& swipe, domain::Pointer pointer) override {
    swipes.push_back(swipe);
    pointers.push_back(pointer);
  }
  void tap(const domain::Tap& tap, domain::Pointer pointer) override {
    taps.push_back(tap);
    pointers.push_back(pointer);
  }
};

class Hand {
 public:
  explicit Hand(domain::Pointer pointer = domain::Pointer::kTouch) { sample_.pointer = pointer; }

  Hand& does(Phase phase, std::int64_t at_ms, float x_px = 0, float y_px = 0, std::int32_t id = 0) {
    sample_.phase = phase;
    sample_.at_ms = at_ms;
    sample_.x_px = x_px;
    sample_.y_px = y_px;
    sample_.id = id;
    extractor_.push(sample_, heard_);
    return *this;
  }
  Hand& down(std::int64_t at_ms, float x_px, float y_px, std::int32_t id = 0) {
    return does(Phase::kDown, at_ms, x_px, y_px, id);
  }
  Hand& move(std::int64_t at_ms, float x_px, float y_px, std::int32_t id = 0) {
    return does(Phase::kMove, at_ms, x_px, y_px, id);
  }
  Hand& up(std::int64_t at_ms, float x_px, float y_px, std::int32_t id = 0) {
    return does(Phase::kUp, at_ms, x_px, y_px, id);
  }
  Hand& on(Context context) {
    sample_.context = context;
    return *this;
  }
  Hand& as(domain::Pointer pointer) {
    sample_.pointer = pointer;
    return *this;
  }
  const Heard& heard() {
    extractor_.finish(heard_);
    return heard_;
  }
  const Heard& heard_so_far() const { return heard_; }
  Extractor& extractor() { return extractor_; }
  Heard& sink() { return heard_; }

 private:
  Extractor extractor_{Screen{1000, 2000}};
  Heard heard_;
  Sample sample_;
};

}  // namespace inkling::gesture
