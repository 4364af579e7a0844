// Turns a stream of raw pointer samples into swipes and taps: one piece of code for server, replay and device. Not
// for guessing what a gesture meant: page, action, event and button are the application's and pass through.
//
// Touch and pen. A contact that leaves the slop around its start is a swipe from first to last place; one that stays
// and is lifted in time is a tap. A longer press is neither (browsers open a menu, not a link). Only the first finger
// counts; fingers that join it (a pinch) are ignored until it is lifted, and for as long as they stay. A cancelled
// contact ends where it was last seen, and is never a tap. Feed touch events for fingers: once a page scrolls,
// pointer events end with pointercancel while touch events go on.
//
// Mouse (and a hovering pen). Movement without a button between two pauses is a swipe, and so is a drag; a press that
// stays in place is a tap however long it lasts. Wheel turns between two pauses and in one direction are one swipe
// from the mouse's place, against the scrolled distance, as a finger would move; only these may end off the screen.
// The sink hears which pointer it was, and the swipe's action index is one of the three below: what a mouse did says
// more than the page action that was going on, and so the mark reaches models without a field of its own.
//
// Noise. A sample off the screen is moved to its edge; one more than a whole screen away (65535) says no place and is
// dropped, but what it ends, ends. A clock that goes back stands still until it catches up; when it goes back by more
// than kClockSlackMs it was set anew, and time goes on from there. A contact without a sample for kSilenceMs was lost
// and ends where it was last seen. A stroke longer than kLongestSwipeMs is cut there and goes on as another. Repeated
// samples change nothing.
//
// Out: positions in 1/10000 of the screen's width or height; `offset_ms` is the gesture's end after the origin.
// Swipes come in the order of their ends, taps too. Ownership: none. Thread safety: one extractor a stream. Cost:
// O(1) a sample, no allocation, some 150 bytes of state. Failure: none, every stream is good for something. Source:
// models.md A.2; the limits below are ours, near those of Android (slop 8 dp, long press 500 ms) and Windows (4 px).
// Wasm-clean.
#pragma once

#include <cstdint>

#include "domain/event.h"
#include "gesture/sample.h"

namespace inkling::gesture {

inline constexpr float kTouchSlopPx = 10;           // farther from its start a finger or pen swipes
inline constexpr float kMouseSlopPx = 4;            // the same for a mouse and its wheel
inline constexpr std::int64_t kLongestTapMs = 500;  // a longer touch is a press, not a tap
inline constexpr std::int64_t kMousePauseMs = 600;  // silence that ends a mouse's movement
inline constexpr std::int64_t kWheelPauseMs = 600;  // silence that ends a turn of the wheel
inline constexpr std::int64_t kLongestSwipeMs = 10'000;
inline constexpr std::int64_t kSilenceMs = 10'000;
inline constexpr std::int64_t kClockSlackMs = 1'000;

// The action index of a mouse's swipes; an application numbers its page actions from 0 to 28. All fit the default
// encoder's 32.
inline constexpr std::int16_t kMouseMoveAction = 29;  // also a hovering pen's
inline constexpr std::int16_t kMouseDragAction = 30;
inline constexpr std::int16_t kWheelAction = 31;

// Where gestures go. Called inside push() and finish().
class Sink {
 public:
  virtual void swipe(const domain::Swipe& swipe, domain::Pointer pointer) = 0;
  virtual void tap(const domain::Tap& tap, domain::Pointer pointer) = 0;

 protected:
  ~Sink() = default;
};

class Extractor {
 public:
  explicit Extractor(Screen screen) : screen_(screen) {}

  void push(const Sample& sample, Sink& sink);
  // No more samples for now: what is under way ends where it was last seen.
  void finish(Sink& sink);

  // Offsets of later gestures count from here; 0 at first.
  void set_origin_ms(std::int64_t origin_ms);
  // The screen was turned or resized: what is under way ends.
  void set_screen(Screen screen, Sink& sink);

 private:
  enum class Kind : std::uint8_t { kNone, kContact, kHover, kWheel };
  struct Place {
    float x_px = 0, y_px = 0;
  };
  struct Stroke {
    Kind kind = Kind::kNone;
    domain::Pointer pointer = domain::Pointer::kTouch;
    bool moved = false;    // left its slop
    bool goes_on = false;  // the rest of a stroke that was cut
    std::int32_t id = 0;
    std::int64_t start_ms = 0, last_ms = 0;
    Place start, last;
    Context context;  // where it started
  };

  void advance_clock(std::int64_t at_ms);
  [[nodiscard]] bool has_place(const Sample& sample) const;
  [[nodiscard]] Place on_screen(Place place) const;
  [[nodiscard]] bool is_silent() const;
  [[nodiscard]] bool belongs(const Sample& sample) const;  // to the contact under way
  [[nodiscard]] bool is_jitter(const Sample& sample, Place place) const;
  void down(const Sample& sample, Sink& sink);
  void move(const Sample& sample, Sink& sink);
  void lift(const Sample& sample, Sink& sink);
  void wheel(const Sample& sample, Sink& sink);
  void begin(Kind kind, const Sample& sample, Place place);
  void extend(Place place, Sink& sink);
  void end_stroke(Sink& sink);
  [[nodiscard]] std::int16_t action_of_stroke() const;
  void emit_swipe(Sink& sink) const;
  void emit_tap(Sink& sink);

  Screen screen_;
  std::int64_t origin_ms_ = 0;
  std::int64_t now_ms_ = 0;    // never goes back
  std::int64_t clock_ms_ = 0;  // the newest that the samples' clock said since it was last set
  bool has_clock_ = false;
  bool has_mouse_ = false;
  Place mouse_;  // where the mouse was last
  std::int16_t tap_x_ = -1, tap_y_ = -1;
  Stroke stroke_;
};

}  // namespace inkling::gesture
