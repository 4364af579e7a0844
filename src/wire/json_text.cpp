#include "wire/json_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace inkling::wire {
namespace {

// From here on std::to_chars may spell a double out as an integer that fits no 64-bit reader.
constexpr double kScientificFrom = 1e15;

void append_escape(char c, std::string& out) {
  static constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  const unsigned byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += kHex[byte >> 4];
  out += kHex[byte & 15U];
}

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

}  // namespace

void append_json_string(std::string_view text, std::string& out) {
  out += '"';
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!needs_escape(text[i])) continue;
    out.append(text, start, i - start);
    append_escape(text[i], out);
    start = i + 1;
  }
  out.append(text, start);
  out += '"';
}

void append_integer(std::int64_t value, std::string& out) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

void append_number(double value, std::string& out) {
  if (!std::isfinite(value)) value = 0;
  std::array<char, 32> digits;
  char* const first = digits.data();
  char* const last = first + digits.size();
  const auto end = std::abs(value) < kScientificFrom
                       ? std::to_chars(first, last, value).ptr
                       : std::to_chars(first, last, value, std::chars_format::scientific).ptr;
  out.append(first, end);
}

}  // namespace inkling::wire
