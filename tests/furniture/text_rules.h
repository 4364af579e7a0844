// Small rules about the text of this repository: nothing of one person's machine, nothing left undone, tidy ends.
#pragma once

#include <string>
#include <vector>

#include "tests/furniture/source_tree.h"

namespace inkling::furniture {

inline constexpr std::size_t kReadmeLines = 150;
inline constexpr std::size_t kRootCmakeLines = 250;

[[nodiscard]] std::vector<std::string> machine_paths(const SourceTree& tree);
[[nodiscard]] std::vector<std::string> unfinished_marks(const SourceTree& tree);
// Tabs (outside Makefiles), blanks at a line's end, a missing last line break, carriage returns.
[[nodiscard]] std::vector<std::string> untidy_lines(const SourceTree& tree);
[[nodiscard]] std::vector<std::string> headers_without_guard(const SourceTree& tree);
// File or folder names that say nothing about what is inside.
[[nodiscard]] std::vector<std::string> empty_names(const SourceTree& tree);
[[nodiscard]] std::vector<std::string> overlong_front_pages(const SourceTree& tree);

}  // namespace inkling::furniture
