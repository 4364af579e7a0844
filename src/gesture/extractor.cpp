#include "gesture/extractor.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace inkling::gesture {
namespace {

constexpr float kUnits = 10'000;                             // of a screen's width or height
constexpr std::int64_t kFarthestMs = std::int64_t{1} << 51;  // no clock says more; sums of two stay exact

template <typename Integer>
Integer fitted(double value) {
  using Limits = std::numeric_limits<Integer>;
  return static_cast<Integer>(
      std::clamp(value, static_cast<double>(Limits::min()), static_cast<double>(Limits::max())));
}

std::int16_t units(float px, float size_px) {
  return fitted<std::int16_t>(std::nearbyint(px / size_px * kUnits));
}

float slop_px(domain::Pointer pointer) {
  return pointer == domain::Pointer::kMouse ? kMouseSlopPx : kTouchSlopPx;
}

bool is_within(float radius_px, float across_px, float down_px) {
  return across_px * across_px + down_px * down_px <= radius_px * radius_px;
}
bool opposite(float a, float b) {
  return a * b < 0;
}

}  // namespace

void Extractor::push(const Sample& sample, Sink& sink) {
  advance_clock(sample.at_ms);
  if (is_silent()) end_stroke(sink);
  switch (sample.phase) {
    case Phase::kMove:
      return move(sample, sink);
    case Phase::kDown:
      return down(sample, sink);
    case Phase::kUp:
      return lift(sample, sink);
    case Phase::kCancel:
      if (belongs(sample)) end_stroke(sink);
      return;
    case Phase::kEnter:
    case Phase::kLeave:
      return end_stroke(sink);
    case Phase::kWheel:
      return wheel(sample, sink);
  }
}

void Extractor::finish(Sink& sink) {
  end_stroke(sink);
}

void Extractor::set_screen(Screen screen, Sink& sink) {
  end_stroke(sink);
  screen_ = screen;
  has_mouse_ = false;
}

void Extractor::set_origin_ms(std::int64_t origin_ms) {
  origin_ms_ = std::clamp(origin_ms, -kFarthestMs, kFarthestMs);
}

void Extractor::advance_clock(std::int64_t at_ms) {
  at_ms = std::clamp(at_ms, -kFarthestMs, kFarthestMs);
  if (!has_clock_) {
    has_clock_ = true;
    now_ms_ = clock_ms_ = at_ms;
  } else if (at_ms > clock_ms_) {
    now_ms_ = std::min(now_ms_ + (at_ms - clock_ms_), kFarthestMs);
    clock_ms_ = at_ms;
  } else if (at_ms < clock_ms_ - kClockSlackMs) {
    clock_ms_ = at_ms;
  }
}

// Written so that "not a number" has no place either.
bool Extractor::has_place(const Sample& sample) const {
  return sample.x_px >= -screen_.width_px && sample.x_px <= 2 * screen_.width_px &&
         sample.y_px >= -screen_.height_px && sample.y_px <= 2 * screen_.height_px;
}

Extractor::Place Extractor::on_screen(Place place) const {
  return {std::clamp(place.x_px, 0.0F, screen_.width_px), std::clamp(place.y_px, 0.0F, screen_.height_px)};
}

bool Extractor::is_silent() const {
  const std::int64_t silence_ms = now_ms_ - stroke_.last_ms;
  switch (stroke_.kind) {
    case Kind::kNone:
      return false;
    case Kind::kContact:
      return silence_ms > kSilenceMs;
    case Kind::kHover:
      return silence_ms > kMousePauseMs;
    case Kind::kWheel:
      return silence_ms > kWheelPauseMs;
  }
  return false;
}

bool Extractor::belongs(const Sample& sample) const {
  return stroke_.kind == Kind::kContact && stroke_.id == sample.id && stroke_.pointer == sample.pointer;
}

// A hand on the wheel moves the mouse a little.
bool Extractor::is_jitter(const Sample& sample, Place place) const {
  if (stroke_.kind != Kind::kWheel || sample.pointer != domain::Pointer::kMouse || !has_mouse_) return false;
  return is_within(kMouseSlopPx, place.x_px - mouse_.x_px, place.y_px - mouse_.y_px);
}

void Extractor::down(const Sample& sample, Sink& sink) {
  if (stroke_.kind == Kind::kContact && !belongs(sample)) return;
  if (!has_place(sample)) return;
  end_stroke(sink);  // a movement that led here, or a contact whose end was lost
  begin(Kind::kContact, sample, on_screen({sample.x_px, sample.y_px}));
}

void Extractor::move(const Sample& sample, Sink& sink) {
  if (!has_place(sample)) return;
  const Place place = on_screen({sample.x_px, sample.y_px});
  if (belongs(sample)) return extend(place, sink);
  if (stroke_.kind == Kind::kContact || sample.pointer == domain::Pointer::kTouch) return;
  if (stroke_.kind == Kind::kHover && stroke_.pointer == sample.pointer) return extend(place, sink);
  if (is_jitter(sample, place)) return;
  end_stroke(sink);
  begin(Kind::kHover, sample, place);
}

void Extractor::lift(const Sample& sample, Sink& sink) {
  if (!belongs(sample)) return;
  if (has_place(sample)) {
    extend(on_screen({sample.x_px, sample.y_px}), sink);
  } else {
    stroke_.last_ms = now_ms_;
  }
  const bool in_time =
      stroke_.pointer == domain::Pointer::kMouse || stroke_.last_ms - stroke_.start_ms <= kLongestTapMs;
  if (!stroke_.moved && !stroke_.goes_on && in_time) emit_tap(sink);
  end_stroke(sink);
}

void Extractor::wheel(const Sample& sample, Sink& sink) {
  if (stroke_.kind == Kind::kContact || !std::isfinite(sample.x_px) || !std::isfinite(sample.y_px)) return;
  const bool turned_back =
      stroke_.kind == Kind::kWheel && (opposite(sample.x_px, stroke_.start.x_px - stroke_.last.x_px) ||
                                       opposite(sample.y_px, stroke_.start.y_px - stroke_.last.y_px));
  if (stroke_.kind != Kind::kWheel || turned_back) {
    end_stroke(sink);
    begin(Kind::kWheel, sample, has_mouse_ ? mouse_ : Place{screen_.width_px / 2, screen_.height_px / 2});
  }
  extend({stroke_.last.x_px - sample.x_px, stroke_.last.y_px - sample.y_px}, sink);
}

void Extractor::begin(Kind kind, const Sample& sample, Place place) {
  stroke_ = Stroke{};
  stroke_.kind = kind;
  stroke_.pointer = sample.pointer;
  stroke_.id = sample.id;
  stroke_.start_ms = stroke_.last_ms = now_ms_;
  stroke_.start = stroke_.last = place;
  stroke_.context = sample.context;
  if (kind != Kind::kWheel && sample.pointer == domain::Pointer::kMouse) {
    mouse_ = place;
    has_mouse_ = true;
  }
}

void Extractor::extend(Place place, Sink& sink) {
  if (stroke_.moved && now_ms_ - stroke_.start_ms > kLongestSwipeMs) {
    emit_swipe(sink);
    stroke_.start = stroke_.last;
    stroke_.start_ms = stroke_.last_ms;
    stroke_.moved = false;
    stroke_.goes_on = true;
  }
  stroke_.last = place;
  stroke_.last_ms = now_ms_;
  stroke_.moved = stroke_.moved || !is_within(slop_px(stroke_.pointer), place.x_px - stroke_.start.x_px,
                                              place.y_px - stroke_.start.y_px);
  if (stroke_.kind != Kind::kWheel && stroke_.pointer == domain::Pointer::kMouse) mouse_ = place;
}

void Extractor::end_stroke(Sink& sink) {
  if (stroke_.kind != Kind::kNone && stroke_.moved) emit_swipe(sink);
  stroke_.kind = Kind::kNone;
}

std::int16_t Extractor::action_of_stroke() const {
  if (stroke_.kind == Kind::kWheel) return kWheelAction;
  if (stroke_.kind == Kind::kHover) return kMouseMoveAction;
  return stroke_.pointer == domain::Pointer::kMouse ? kMouseDragAction : stroke_.context.action;
}

void Extractor::emit_swipe(Sink& sink) const {
  domain::Swipe swipe;
  swipe.offset_ms = fitted<std::int32_t>(static_cast<double>(stroke_.last_ms - origin_ms_));
  swipe.duration_ms = fitted<std::int32_t>(static_cast<double>(stroke_.last_ms - stroke_.start_ms));
  swipe.tap_x = tap_x_;
  swipe.tap_y = tap_y_;
  swipe.start_x = units(stroke_.start.x_px, screen_.width_px);
  swipe.start_y = units(stroke_.start.y_px, screen_.height_px);
  swipe.end_x = units(stroke_.last.x_px, screen_.width_px);
  swipe.end_y = units(stroke_.last.y_px, screen_.height_px);
  swipe.page = stroke_.context.page;
  swipe.action = action_of_stroke();
  sink.swipe(swipe, stroke_.pointer);
}

void Extractor::emit_tap(Sink& sink) {
  domain::Tap tap;
  tap.offset_ms = fitted<std::int32_t>(static_cast<double>(stroke_.last_ms - origin_ms_));
  tap.x = tap_x_ = units(stroke_.start.x_px, screen_.width_px);
  tap.y = tap_y_ = units(stroke_.start.y_px, screen_.height_px);
  tap.page = stroke_.context.page;
  tap.event = stroke_.context.event;
  tap.button = stroke_.context.button;
  sink.tap(tap, stroke_.pointer);
}

}  // namespace inkling::gesture
