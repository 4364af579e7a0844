// Is this UTF-8? Where does it stop being so? And cutting text without splitting a character.
// Not for bulk data on the hot path (simdjson's validator is there); wasm-clean, pure functions, linear, no
// allocation. Source: The Unicode Standard 15, table 3-7 (well-formed byte sequences): no overlong forms, surrogates
// or > U+10FFFF.
#pragma once

#include <cstddef>
#include <string_view>

namespace inkling::base {

// The number of leading bytes that are whole, valid characters; bytes.size() when all are.
[[nodiscard]] std::size_t utf8_valid_bytes(std::string_view bytes);
[[nodiscard]] inline bool valid_utf8(std::string_view bytes) {
  return utf8_valid_bytes(bytes) == bytes.size();
}

// The longest beginning of `text` that is at most `max_bytes` long and splits no character.
[[nodiscard]] std::string_view utf8_cut(std::string_view text, std::size_t max_bytes);

}  // namespace inkling::base
