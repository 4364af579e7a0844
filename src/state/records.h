// The three histories: what a gesture or an action leaves in them. Private to src/state.
#pragma once

#include "domain/event.h"
#include "state/shopper_state.h"

namespace inkling::state {

// Swipes and taps of a batch interleave by their offsets, so that neither pushes the other's time forward.
void record_gestures(ShopperState& state, std::int64_t event_ts_ms, const domain::Gestures& gestures);

// Leaves one record, or one per order line of a purchase, and feeds the interests with each.
void record_browse(ShopperState& state, const domain::Action& action);

}  // namespace inkling::state
