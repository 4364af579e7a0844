// Fading interest in leaf categories. Private to src/state.
#pragma once

#include <cstdint>

#include "domain/event.h"
#include "state/shopper_state.h"

namespace inkling::state {

inline constexpr std::int64_t kInterestHalfLifeMs = 7 * 86'400'000LL;

// Adds the action's weight to the category (0: none). When all rows are taken, the faintest interest gives way.
void add_interest(ShopperState& state, std::uint64_t category, domain::ActionKind action, std::int64_t now_ms);

}  // namespace inkling::state
