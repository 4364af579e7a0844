// A shopper's state and live intent as JSON for people and dashboards. Not a storage form: that is state::encode.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/live_shoppers.h"
#include "server/shopper_knowledge.h"

namespace inkling::server {

// Counts are as of `now_ms`, or as of the shopper's newest event when that is later. Names that the state keeps only
// as hashes are 16 hexadecimal digits. A model that cannot follow the shopper says why under "unavailable".
[[nodiscard]] std::string shopper_to_json(std::string_view shopper, ShopperKnowledge& knowledge,
                                          const Scorers& scorers, std::int64_t now_ms);

}  // namespace inkling::server
