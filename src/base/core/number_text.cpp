#include "base/core/number_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <system_error>
#include <version>

namespace inkling::base {
namespace {

#if defined(__cpp_lib_to_chars)

template <typename Number>
std::string shortest(Number value) {
  char digits[32];
  const auto written = std::to_chars(digits, digits + sizeof digits, value);
  return std::string(digits, written.ptr);
}

std::optional<double> parsed(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

#else

// The device's C++ library reads and writes no doubles, and the C library's strtod and printf would be a tenth of
// what a page loads. Reading is off by some units in the last place at most, writing gives nine digits: enough for a
// package's numbers, which become floats, and for messages.

constexpr int kMostExponent = 330;

// In two steps, so that 10^-320 does not become 1 / infinity.
double times_power_of_ten(double value, int exponent) {
  const int first = std::abs(exponent) / 2, second = std::abs(exponent) - first;
  const auto power = [](int steps) {
    double product = 1;
    for (double factor = 10; steps > 0; steps /= 2, factor *= factor) product *= steps % 2 == 1 ? factor : 1;
    return product;
  };
  return exponent < 0 ? value / power(first) / power(second) : value * power(first) * power(second);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// A text that JSON calls a number, whole.
std::optional<double> parsed(std::string_view text) {
  std::size_t at = 0;
  const bool negative = !text.empty() && text[0] == '-';
  at += negative ? 1 : 0;
  std::uint64_t mantissa = 0;
  int exponent = 0, digits = 0;
  bool behind_point = false;
  for (; at < text.size() && (is_digit(text[at]) || (text[at] == '.' && !behind_point)); ++at) {
    if (text[at] == '.') {
      behind_point = true;
      continue;
    }
    ++digits;
    const bool fits = mantissa < 1'000'000'000'000'000'000;
    if (fits) mantissa = mantissa * 10 + static_cast<std::uint64_t>(text[at] - '0');
    exponent += (fits ? 0 : 1) - (behind_point ? 1 : 0);
  }
  if (digits == 0) return std::nullopt;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    int said = 0;
    std::size_t from = at + 1;
    const bool down = from < text.size() && text[from] == '-';
    if (from < text.size() && (text[from] == '-' || text[from] == '+')) ++from;
    for (at = from; at < text.size() && is_digit(text[at]); ++at)
      said = std::min(said * 10 + text[at] - '0', 100'000);
    if (at == from) return std::nullopt;
    exponent += down ? -said : said;
  }
  if (at != text.size()) return std::nullopt;
  const double value = mantissa == 0
                           ? 0
                           : times_power_of_ten(static_cast<double>(mantissa),
                                                std::clamp(exponent, -2 * kMostExponent, 2 * kMostExponent));
  if (std::isinf(value)) return std::nullopt;
  return negative ? -value : value;
}

std::string shortest(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  constexpr std::uint64_t kNineDigits = 1'000'000'000;
  int exponent = 0;
  double magnitude = std::fabs(value);
  for (; magnitude >= static_cast<double>(kNineDigits); magnitude /= 10) ++exponent;
  for (; magnitude > 0 && magnitude < static_cast<double>(kNineDigits / 10); magnitude *= 10) --exponent;
  auto digits = static_cast<std::uint64_t>(magnitude + 0.5);
  for (; digits > 0 && digits % 10 == 0 && exponent < 0; digits /= 10) ++exponent;
  std::string text = std::to_string(digits);
  if (exponent < 0 && exponent > -12) {
    const auto places = static_cast<std::size_t>(-exponent);
    if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
    text.insert(text.size() - places, ".");
  } else if (exponent != 0) {
    text += "e" + std::to_string(exponent);
  }
  return value < 0 ? "-" + text : text;
}

#endif

}  // namespace

std::string number_text(double value) {
  return shortest(value);
}

std::optional<double> number_of(std::string_view text) {
  return parsed(text);
}

double tidy_double(float value) {
  return number_of(shortest(value)).value_or(value);
}

}  // namespace inkling::base
