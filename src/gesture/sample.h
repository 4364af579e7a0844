// One raw pointer sample, as a browser or an app hears it, and the marks that pages leave between samples. Not for
// the wire form (src/wire) and not for what samples add up to (extractor.h). Positions and distances in CSS pixels,
// times in milliseconds of any one clock. Thread safety: plain values.
#pragma once

#include <cstdint>

#include "domain/event.h"

namespace inkling::gesture {

enum class Phase : std::uint8_t {
  kMove,  // touching or not: a mouse also moves without a button
  kDown,
  kUp,
  kCancel,  // the browser took the gesture over, for example to scroll; the sample's place does not count
  kEnter,   // a page opened; no place
  kLeave,   // a page closed or went to the background; no place
  kWheel,   // the place is the distance scrolled (WheelEvent.deltaX, deltaY); it happened where the mouse was last
};
inline constexpr std::size_t kPhaseCount = 7;
inline constexpr std::size_t kMaxSamples = 4096;  // of one event: more than a minute of a finger at 60 Hz
inline constexpr std::int64_t kLargestScreenPx = 32767;

// What a gesture's page, action, event and button indexes will be: the application's own small tables.
struct Context {
  std::int16_t page = 0;    // page kind
  std::int16_t action = 0;  // page action going on
  std::int16_t event = 0;   // what kind of control is under the pointer
  std::int16_t button = 0;  // which one

  bool operator==(const Context&) const = default;
};

struct Sample {
  std::int64_t at_ms = 0;
  Phase phase = Phase::kMove;
  domain::Pointer pointer = domain::Pointer::kTouch;
  std::int32_t id = 0;  // of the finger, mouse or pen, as in Touch.identifier or PointerEvent.pointerId
  float x_px = 0, y_px = 0;
  Context context;
};

// Of the area that positions are measured in (window.innerWidth, innerHeight); at least one pixel each way.
struct Screen {
  float width_px = 1, height_px = 1;
};

}  // namespace inkling::gesture
