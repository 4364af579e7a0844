// A gestures event as it comes: swipes and taps, or raw pointer samples that become swipes and taps here, before anyone
// keeps the event. Private to src/wire. The kept form is domain::Gestures alone.
//
// Samples start anew in every event: what is under way at the last one ends there. Thread safety: pure functions. Cost:
// one pass over the rows. Failure: false, with the context told why.
#pragma once

#include <optional>
#include <vector>

#include "gesture/sample.h"
#include "wire/event_fields.h"

namespace inkling::wire {

inline constexpr std::size_t kMaxSamples = 4096;        // of one event: more than a minute of fingers at 60 Hz
inline constexpr std::int64_t kLargestScreenPx = 32767;

// Rows of 5 to 9 integers: offset_ms, phase, id, x, y, and then page, action, event, button, which are as in the row
// before when left out.
struct SampleRowsCodec {
  using Value = std::vector<gesture::Sample>;
  static bool read(const Element& json, Value& rows, ReadContext& context);
  static void write(const Value& rows, std::string& out);
};

// [width, height] in CSS pixels.
struct ScreenCodec {
  using Value = gesture::Screen;
  static bool read(const Element& json, Value& screen, ReadContext& context);
  static void write(const Value& screen, std::string& out);
};
