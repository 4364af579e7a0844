// The names of a view's sources, for documents and schemas. Statistics: statistic_source_names in source.h. Thread
// safety: pure function. Wasm-clean.
#pragma once

#include <string>
#include <vector>

#include "feature/source.h"

namespace inkling::feature {

[[nodiscard]] std::vector<std::string> view_source_names(View view);

}  // namespace inkling::feature
