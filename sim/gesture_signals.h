// What the simulated marketplace lets gestures and stays say about a shopper's hidden mood, each with a switch. Off:
// the same thing is drawn for a mood taken at random, so its distribution stays and only its dependence on the mood
// goes. Each is of the kind that one part of the published model is there for:
//   tempo      swipe view   how slowly the finger moves and pauses
//   reading    swipe view   how often reviews are opened, pictures turned, scrolling reversed
//   crossing   across views whether slow reading (swipes) is about the topic that was asked for (taps). Topics of
//              either view are uniform whatever the mood: only both together tell
//   focus      swipe view   whether the last place inspected on a picture is one inspected before, dozens of swipes
//              ago. Places are uniform whatever the mood: only the relation to the last swipe tells
//   dwell      browse view  how long goods are looked at, which follows the phase (intent.h), not the mood
//   plans      both horizons  moods last from visit to visit, so what foretells a purchase within the day is what
//              foretells one within the hour, seen more often
// Thread safety: plain values.
#pragma once

#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace inkling::sim {

struct GestureSignals {
  bool tempo = true;
  bool reading = true;
  bool crossing = true;
  bool focus = true;
  bool dwell = true;
  bool plans = true;

  bool operator==(const GestureSignals&) const = default;
};

[[nodiscard]] std::vector<std::string_view> gesture_signal_names();
// kInvalidInput with the nearest name when there is no such signal.
[[nodiscard]] base::Status switch_off(GestureSignals& signals, std::string_view name);

}  // namespace inkling::sim
