// A shopper's state as it lies on disk: the sequence of the newest event folded in, then the encoded state.
// Thread safety: pure functions. Failure: kCorrupt, with `where` in front.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/core/result.h"
#include "state/shopper_state.h"

namespace inkling::store::rocks {

struct StoredState {
  std::uint64_t sequence = 0;
  state::ShopperState state;
};

[[nodiscard]] std::string stored_state_bytes(std::uint64_t sequence, const state::ShopperState& state);
// `folder` and `shopper` are for the message.
[[nodiscard]] base::Result<StoredState> read_stored_state(std::string_view bytes, const std::string& folder,
                                                          std::string_view shopper);

}  // namespace inkling::store::rocks
