// A shopper's cart as the API tells it: prices as the catalogue has them now, else as last said, and what the
// promotions give for it. Thread safety: as the store's. Cost: one or two catalogue look-ups a line: call on the
// store executor.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/core/result.h"
#include "offer/promotion_book.h"
#include "state/shopper_state.h"
#include "store/store.h"

namespace inkling::server {

// {"shopper", "lines": [{"item", "quantity", "ticked", "price"?}], "ticked_cents", "currency", "offers"}, oldest line
// first. The currency is that of the first line with a price; lines of another one are told but not added up.
[[nodiscard]] base::Result<std::string> cart_to_json(std::string_view shopper, const state::ShopperState& state,
                                                     const store::Store& store,
                                                     std::shared_ptr<const offer::PromotionBook> offers,
                                                     std::int64_t now_ms);

}  // namespace inkling::server
