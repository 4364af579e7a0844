// The report on completing baskets as one HTML page for people. Thread safety: pure function.
#pragma once

#include <string>

#include "apps/cli/add_on_summary.h"

namespace inkling::cli {

[[nodiscard]] std::string add_on_page(const AddOnSummary& summary);

}  // namespace inkling::cli
