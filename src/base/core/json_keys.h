// Which members a JSON object may have, told from a table: what JsonView::only_keys does, for keys that are no
// literal. Thread safety: pure function. Wasm-clean. Failure: kInvalidInput with one sentence a line, each naming the
// nearest key.
#pragma once

#include <span>
#include <string_view>

#include "base/core/json.h"
#include "base/core/result.h"

namespace inkling::base {

[[nodiscard]] Status only_keys(const JsonView& object, std::span<const std::string_view> known);

}  // namespace inkling::base
