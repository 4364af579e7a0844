// Is this UTF-8? Where does it stop being so? And cutting text without splitting a character.
// Not for bulk data on the hot path (simdjson's validator is there); wasm-clean, pure functions, linear, no
// allocation but where said. Source: The Unicode Standard 15, table 3-7 (well-formed byte sequences): no overlong
// forms, surrogates or > U+10FFFF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace inkling::base {

// The number of leading bytes that are whole, valid characters; bytes.size() when all are.
[[nodiscard]] std::size_t utf8_valid_bytes(std::string_view bytes);
[[nodiscard]] inline bool valid_utf8(std::string_view bytes) {
  return utf8_valid_bytes(bytes) == bytes.size();
}

// Length of the valid character that starts at byte `at`, 0 if none does. at < bytes.size().
[[nodiscard]] std::size_t utf8_character_bytes(std::string_view bytes, std::size_t at);

// The longest beginning of `text` that is at most `max_bytes` long and splits no character.
[[nodiscard]] std::string_view utf8_cut(std::string_view text, std::size_t max_bytes);

// Full-width letters, digits and marks as plain ones, the ideographic blank as a blank, A to Z as a to z; any other
// character as it is. Enough for texts that mix Chinese with both; ICU's NFKC is in src/text.
[[nodiscard]] constexpr char32_t plain_form(char32_t character) {
  if (character >= 0xFF01 && character <= 0xFF5E) character -= 0xFEE0;
  if (character == 0x3000) character = U' ';
  return character >= U'A' && character <= U'Z' ? character + 32 : character;
}

struct CodePoint {
  char32_t value = 0;
  std::uint32_t byte = 0;  // where it begins
};
// The first `most` characters of `text` up to its end or the first bytes that are none, appended to `out`. Allocates
// only where `out` has no room. Texts beyond 4 GiB are cut there.
void append_code_points(std::string_view text, std::size_t most, std::vector<CodePoint>& out);

}  // namespace inkling::base
