// Writing JSON text by hand: strings, integers, doubles, where documents are many. Appends to a caller's string.
// Not a checker: strings must be UTF-8 already. Thread safety: pure functions. Cost: no allocation but the string's
// own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace inkling::wire {

// With quotes; escapes what RFC 8259 section 7 says must be escaped and nothing else.
void append_json_string(std::string_view text, std::string& out);
void append_integer(std::int64_t value, std::string& out);
// The shortest text that reads back bit-equal. JSON has no NaN or infinity: they are written as 0.
void append_number(double value, std::string& out);

}  // namespace inkling::wire
