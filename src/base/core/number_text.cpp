#include "base/core/number_text.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <system_error>
#include <version>

namespace inkling::base {
namespace {

template <typename Number>
std::string shortest(Number value) {
  char digits[32];
  const auto written = std::to_chars(digits, digits + sizeof digits, value);
  return std::string(digits, written.ptr);
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
