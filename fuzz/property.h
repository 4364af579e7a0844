// What every input must keep, besides not crashing. Only for the targets of this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace inkling::fuzz {

// Ends the program when the property does not hold; libFuzzer then keeps the input.
inline void must(bool holds, std::string_view property, std::string_view found = {}) {
  if (holds) return;
  std::fprintf(stderr, "property broken: %.*s\n", static_cast<int>(property.size()), property.data());
  std::fwrite(found.data(), 1, found.size(), stderr);
  std::abort();
}

[[nodiscard]] inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// The part of `text` up to `separator`, which is taken away with it; all of it when there is none.
[[nodiscard]] inline std::string_view take_until(std::string_view& text, std::string_view separator) {
  const std::size_t at = text.find(separator);
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + separator.size());
  return part;
}

}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
