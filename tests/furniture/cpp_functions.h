// Where the functions of a C++ file begin and end, found by counting braces: good enough for budgets of length, not a
// parser. Lambdas count as part of the function around them; a table of values is no function.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace inkling::furniture {

struct FunctionSpan {
  std::string header;  // its first line, to name it by
  std::size_t line = 0;
  std::size_t length = 0;  // lines from the header to the closing brace
};

// The same text with comments, literals and preprocessor lines blanked out; line breaks stay where they were.
[[nodiscard]] std::string code_only(std::string_view text);

[[nodiscard]] std::vector<FunctionSpan> functions_of(std::string_view text);

}  // namespace inkling::furniture
