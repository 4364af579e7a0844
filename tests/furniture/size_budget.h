// The budgets of size that keep the house readable (CONTRIBUTING.md). Long files may say why; long functions may not.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/furniture/source_tree.h"

namespace inkling::furniture {

inline constexpr std::size_t kFileLines = 500;            // more only with a reason on top
inline constexpr std::size_t kFileLinesWithReason = 800;  // never more
inline constexpr std::size_t kFunctionLines = 100;
inline constexpr std::string_view kReasonMark = "// Long because: ";  // in the first lines of the file

struct Spread {
  std::size_t median = 0;
  std::size_t p90 = 0;
  std::size_t largest = 0;
};

[[nodiscard]] Spread spread_of(std::vector<std::size_t> sizes);

[[nodiscard]] std::vector<std::string> files_over_budget(const SourceTree& tree);
[[nodiscard]] std::vector<std::string> functions_over_budget(const SourceTree& tree);

[[nodiscard]] Spread file_sizes(const SourceTree& tree);
[[nodiscard]] Spread function_sizes(const SourceTree& tree);

}  // namespace inkling::furniture
