// How a simulated shopper's finger behaves in one visit. Every cue is drawn once a visit, given the mood, so that
// even a hundred swipes tell it no better than one visit can: its noise does not average out. Switched off
// (gesture_signals.h), a cue is drawn for a mood taken at random. As many numbers are drawn either way, so a switch
// changes its own cue only. Thread safety: one Random a thread.
#pragma once

#include "base/core/random.h"
#include "sim/gesture_signals.h"
#include "sim/mood.h"

namespace inkling::sim {

struct Cues {
  double slowness = 1;        // multiplies durations and pauses (tempo)
  double hurry = 1;           // multiplies slowness once nothing is wanted any more (tempo)
  double review_prob = 0;     // reviews are opened, each time round a page (reading)
  double picture_prob = 0;    // pictures are turned, each time round a page (reading)
  double reversal_prob = 0;   // a scroll goes back (reading)
  double matching_prob = 0;   // slow reading is about the topic asked for (crossing)
  double returning_prob = 0;  // the last place inspected was inspected before (focus)
};

[[nodiscard]] Cues draw_cues(const GestureSignals& signals, Mood mood, base::Random& random);

}  // namespace inkling::sim
