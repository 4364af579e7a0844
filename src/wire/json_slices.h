// The members of a JSON object as they were written, byte for byte: what a parsed document no longer knows. Private
// to src/wire. Only for text that a JSON parser has accepted already (or, cut_off(), refused). Thread safety: pure
// functions. Cost: one pass over the text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace inkling::wire {

struct RawMember {
  std::string_view key;  // with quotes and escapes
  std::string_view value;
};

// The top-level members of a valid object, in the order of the text.
[[nodiscard]] std::vector<RawMember> raw_members(std::string_view object);

// Appends valid JSON without the white space between its tokens, so that it holds no line break.
void append_minified(std::string_view json, std::string& out);

// Whether the text ends inside a string, an array or an object: a line that was cut rather than garbled.
[[nodiscard]] bool cut_off(std::string_view json);

}  // namespace inkling::wire
