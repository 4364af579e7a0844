// Long-term facts told about the shopper. Private to src/state.
#pragma once

#include "domain/event.h"
#include "state/shopper_state.h"

namespace inkling::state {

// Merges key by key; an empty value forgets the key. A fact for which there is no room is left out, and so is the
// value it was to replace: no fact is better than a stale one.
void merge_profile(ShopperState& state, const domain::Profile& profile);

}  // namespace inkling::state
