// An add-on suite as one HTML page for people. Thread safety: pure function.
#pragma once

#include <string>

#include "apps/cli/add_on_results.h"

namespace inkling::cli {

[[nodiscard]] std::string add_on_suite_page(const AddOnSuite& suite, const AddOnResults& results,
                                            const std::vector<TriedSeed>& seeds);

}  // namespace inkling::cli
