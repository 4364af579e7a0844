// The smallest pieces of a page: text made safe, numbers made short. Not a template language.
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace inkling::report {

// For element content and for attribute values in double quotes. Control characters become blanks.
[[nodiscard]] std::string escaped(std::string_view text);

// With so many digits after the point; "–" for what is no finite number, "−" for minus.
[[nodiscard]] std::string fixed(double value, int digits);
// The same with its sign, for differences.
[[nodiscard]] std::string signed_fixed(double value, int digits);
// "0.812 [0.790, 0.834]"; the value alone where an end is not finite.
[[nodiscard]] std::string with_interval(double value, double low, double high, int digits);
[[nodiscard]] std::string signed_with_interval(double value, double low, double high, int digits);

}  // namespace inkling::report
