// What JsonView cannot ask for itself: members known from a table, and texts that look like numbers to YAML.
// Thread safety: pure functions. Wasm-clean. Failure: kInvalidInput with the path, one sentence a line.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/core/json.h"
#include "base/core/result.h"

namespace inkling::base {

// Refuses every member outside `known`, each with the nearest known key.
[[nodiscard]] Status only_keys(const JsonView& object, std::span<const std::string_view> known);
// A text, or a number as its digits: who wanted "30m" and finds 30 can then say what it is not.
[[nodiscard]] Result<std::string> scalar_text(const JsonView& value);

}  // namespace inkling::base
