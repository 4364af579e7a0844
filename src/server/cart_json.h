// A shopper's cart as the API tells it: prices as the catalogue has them now, else as last said. Thread safety: as
// the store's. Cost: one catalogue look-up a line: call on the store executor.
#pragma once

#include <string>
#include <string_view>

#include "base/core/result.h"
#include "state/shopper_state.h"
#include "store/store.h"

namespace inkling::server {

// {"shopper", "lines": [{"item", "quantity", "ticked", "price"?}], "ticked_cents", "currency"}, oldest line first.
// The currency is that of the first line with a price; lines of another one are told but not added up.
[[nodiscard]] base::Result<std::string> cart_to_json(std::string_view shopper, const state::ShopperState& state,
                                                     const store::Store& store);

}  // namespace inkling::server
