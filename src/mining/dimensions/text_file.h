// The files that dimensions are mined from: texts as JSON Lines, and lists of words. Not for counting texts
// (src/mining), whose lines have the same form: {"text": ...} and members that do not matter here.
//
// Thread safety: pure. Failure: kNotFound, kIo; kInvalidInput, one sentence with file and line.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace inkling::dimensions {

// Plain, .gz or .zst. Empty lines are skipped.
[[nodiscard]] base::Status for_each_text(const std::string& path, const std::function<void(std::string_view)>& each);

// One a line, in the order of the file; empty lines and words that stood there before, in normal form, are skipped.
[[nodiscard]] base::Result<std::vector<std::string>> read_words(const std::string& path);

}  // namespace inkling::dimensions
