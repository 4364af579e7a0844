// Where the newest event of each promotion stands in the journal: meta entries "promotion/<id>", a sequence each, so
// that promotions can be found without reading a long journal. The events themselves are only there.
// Thread safety: any thread. Cost: one scan over the promotions ever told.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace inkling::store::rocks {

class Database;

[[nodiscard]] std::string promotion_key(std::string_view promotion);
// Ascending.
[[nodiscard]] base::Result<std::vector<std::uint64_t>> promotion_sequences(const Database& database);

}  // namespace inkling::store::rocks
