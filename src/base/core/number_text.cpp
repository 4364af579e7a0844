#include "base/core/number_text.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <system_error>
#include <version>

namespace inkling::base {
namespace {

template <typename Number>
std::string shortest(Number value) {
  char digits[32];
#if defined(__cpp_lib_to_chars)
  const auto written = std::to_chars(digits, digits + sizeof digits, value);
  return std::string(digits, written.ptr);
#else
  // The device's C++ library cannot write doubles either: the fewest digits that read back, in the form of %g.
  int length = 0;
  for (int precision = 1; precision <= std::numeric_limits<Number>::max_digits10; ++precision) {
    length = std::snprintf(digits, sizeof digits, "%.*g", precision, static_cast<double>(value));
    if (static_cast<Number>(std::strtod(digits, nullptr)) == value) break;
  }
  return std::string(digits, static_cast<std::size_t>(length));
#endif
}

}  // namespace

std::string number_text(double value) {
  return shortest(value);
}

std::optional<double> number_of(std::string_view text) {
  double value = 0;
#if defined(__cpp_lib_to_chars)
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
#else
  // The device's C++ library has no from_chars for doubles; its strtod knows no locale but "C".
  const std::string whole(text);
  char* end = nullptr;
  value = std::strtod(whole.c_str(), &end);
  if (whole.empty() || end != whole.c_str() + whole.size() || std::isinf(value)) return std::nullopt;
#endif
  return value;
}

double tidy_double(float value) {
  return number_of(shortest(value)).value_or(value);
}

}  // namespace inkling::base
