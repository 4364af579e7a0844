#include "base/core/utf8.h"

namespace inkling::base {
namespace {

unsigned byte_at(std::string_view bytes, std::size_t i) {
  return static_cast<unsigned char>(bytes[i]);
}

bool is_continuation(unsigned byte) {
  return (byte & 0xC0U) == 0x80U;
}

// Of the valid character of `length` bytes that starts at `i`.
char32_t decode(std::string_view bytes, std::size_t i, std::size_t length) {
  if (length == 1) return byte_at(bytes, i);
  char32_t value = byte_at(bytes, i) & (0xFFU >> (length + 1));
  for (std::size_t k = 1; k < length; ++k) value = (value << 6U) | (byte_at(bytes, i + k) & 0x3FU);
  return value;
}

}  // namespace

std::size_t utf8_character_bytes(std::string_view bytes, std::size_t at) {
  const unsigned first = byte_at(bytes, at);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xC2 && first <= 0xDF ? 2 : first >= 0xE0 && first <= 0xEF ? 3 : 4;
  if (first < 0xC2 || first > 0xF4 || bytes.size() - at < length) return 0;
  unsigned low = 0x80;
  unsigned high = 0xBF;
  if (first == 0xE0) low = 0xA0;   // overlong
  if (first == 0xED) high = 0x9F;  // surrogates
  if (first == 0xF0) low = 0x90;   // overlong
  if (first == 0xF4) high = 0x8F;  // above U+10FFFF
  const unsigned second = byte_at(bytes, at + 1);
  if (second < low || second > high) return 0;
  for (std::size_t k = 2; k < length; ++k) {
    if (!is_continuation(byte_at(bytes, at + k))) return 0;
  }
  return length;
}

std::size_t utf8_valid_bytes(std::string_view bytes) {
  std::size_t i = 0;
  while (i < bytes.size()) {
    const std::size_t length = utf8_character_bytes(bytes, i);
    if (length == 0) return i;
    i += length;
  }
  return i;
}

std::string_view utf8_cut(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  std::size_t end = max_bytes;
  // At most three continuation bytes belong to one character; more are not UTF-8 and may be cut anywhere.
  for (int back = 0; back < 3 && end > 0 && is_continuation(byte_at(text, end)); ++back) --end;
  return text.substr(0, end);
}

void append_code_points(std::string_view text, std::size_t most, std::vector<CodePoint>& out) {
  text = text.substr(0, 0xFFFFFFFFU);
  std::size_t i = 0;
  for (std::size_t count = 0; count < most && i < text.size(); ++count) {
    const std::size_t length = utf8_character_bytes(text, i);
    if (length == 0) return;
    out.push_back({decode(text, i, length), static_cast<std::uint32_t>(i)});
    i += length;
  }
}

}  // namespace inkling::base
