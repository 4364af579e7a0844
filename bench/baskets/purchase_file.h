// Purchases as bench/figures hand them to programs: one a line, `<ts_ms> TAB <shopper> TAB <item>[:<price_cents>]
// ...` with blanks between items; shopper `-` is somebody unknown. Failure: kInvalidInput that names the line.
#pragma once

#include <string>
#include <vector>

#include "base/core/result.h"
#include "basket/purchase.h"

namespace inkling::bench {

[[nodiscard]] base::Result<std::vector<basket::Purchase>> read_purchases(const std::string& path);

}  // namespace inkling::bench
