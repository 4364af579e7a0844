// Fading interest in leaf categories: what an action says of it, and what is left of it. Adding is the fold's alone.
// Thread safety: pure but for add_interest. Cost: constant; add_interest is linear in the rows. Nothing fails.
#pragma once

#include <cstdint>

#include "domain/event.h"
#include "state/shopper_state.h"

namespace inkling::state {

inline constexpr std::int64_t kInterestHalfLifeMs = 7 * 86'400'000LL;

// How much an action says about what somebody likes, a view being 1. Leaving, removing and skipping say nothing for
// it.
[[nodiscard]] double interest_weight(domain::ActionKind action);

// What is left of it at a moment; before its own moment it is whole.
[[nodiscard]] double faded(const Interest& interest, std::int64_t now_ms);

// Adds the action's weight to the category (0: none). When all rows are taken, the faintest interest gives way.
void add_interest(ShopperState& state, std::uint64_t category, domain::ActionKind action, std::int64_t now_ms);

}  // namespace inkling::state
