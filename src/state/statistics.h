// Fading counts of actions by group. Private to src/state (readers use ShopperState::groups).
#pragma once

#include <cstdint>

#include "domain/event.h"
#include "state/shopper_state.h"

namespace inkling::state {

// Counts the action once in its group, if it has one.
void count_action(ShopperState& state, domain::ActionKind kind, std::int64_t now_ms);

}  // namespace inkling::state
