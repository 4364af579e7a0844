// Doubles to their shortest text and back, the same on every machine and in every locale. Not for JSON documents,
// which have their own rules (base/core/json.h). Thread safety: pure functions. Wasm-clean.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace inkling::base {

// The shortest text that reads back as the same double: 0.5, 3, 1e+30, nan.
[[nodiscard]] std::string number_text(double value);

// The whole text as a double; nullopt when it is none, or too large for one.
[[nodiscard]] std::optional<double> number_of(std::string_view text);

// The double that people mean by a float: 0.31f becomes 0.31 and not 0.3100000023841858.
[[nodiscard]] double tidy_double(float value);

}  // namespace inkling::base
