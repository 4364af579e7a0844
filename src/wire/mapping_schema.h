// The published JSON Schema (2020-12) of mapping files, made of the field table that reads them. Thread safety: pure
// functions.
#pragma once

#include <span>
#include <string_view>

#include "base/core/json.h"

namespace inkling::wire {

// The keys of a mapping file.
[[nodiscard]] std::span<const std::string_view> mapping_keys();
[[nodiscard]] base::Json mapping_schema();

}  // namespace inkling::wire
