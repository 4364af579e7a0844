// Keeps a state within kMaxStateBytes, as a part of the fold, so that a state and its checkpoint never differ.
// Private to src/state.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "domain/event.h"
#include "state/shopper_state.h"

namespace inkling::state {

// Exactly encode(state).size(). Cost: a sum over the rows.
[[nodiscard]] std::size_t encoded_bytes(const ShopperState& state);

// Drops the oldest row of the largest of cart, repurchases and coupons until the state fits.
void drop_rows_for_room(ShopperState& state);

[[nodiscard]] inline std::int64_t clamp_time(std::int64_t ts_ms) {
  return std::clamp(ts_ms, std::int64_t{0}, kMaxTimeMs);
}

// Ids come bounded through src/wire; one that is not would break the size bound, so it counts as not said.
[[nodiscard]] inline bool is_storable_id(std::string_view id) {
  return !id.empty() && id.size() <= domain::kMaxIdBytes;
}

}  // namespace inkling::state
