#include "report/markup.h"

#include <cmath>
#include <cstdio>

namespace inkling::report {
namespace {

constexpr const char* kNone = "–";
constexpr const char* kMinus = "−";

std::string digits_of(double value, int digits) {
  char text[400];
  std::snprintf(text, sizeof(text), "%.*f", digits, std::fabs(value));
  return text;
}

// Whether it shows as something else than zero.
bool is_negative(double value, const std::string& digits) {
  return value < 0 && digits.find_first_not_of("0.") != std::string::npos;
}

std::string interval(const std::string& value, const std::string& low, const std::string& high) {
  return low == kNone || high == kNone ? value : value + " [" + low + ", " + high + "]";
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

std::string fixed(double value, int digits) {
  if (!std::isfinite(value)) return kNone;
  const std::string text = digits_of(value, digits);
  return is_negative(value, text) ? kMinus + text : text;
}

std::string signed_fixed(double value, int digits) {
  if (!std::isfinite(value)) return kNone;
  const std::string text = digits_of(value, digits);
  return (is_negative(value, text) ? kMinus : "+") + text;
}

std::string with_interval(double value, double low, double high, int digits) {
  return interval(fixed(value, digits), fixed(low, digits), fixed(high, digits));
}

std::string signed_with_interval(double value, double low, double high, int digits) {
  return interval(signed_fixed(value, digits), signed_fixed(low, digits), signed_fixed(high, digits));
}

}  // namespace inkling::report
