#include "tests/furniture/size_budget.h"

#include <algorithm>

#include "tests/furniture/cpp_functions.h"

namespace inkling::furniture {
namespace {

constexpr std::size_t kReasonWithinLines = 5;
constexpr std::size_t kShortestReason = 20;

bool gives_reason(const std::vector<std::string_view>& lines) {
  const auto end = lines.begin() + static_cast<std::ptrdiff_t>(std::min(kReasonWithinLines, lines.size()));
  return std::any_of(lines.begin(), end, [](std::string_view line) {
    return line.starts_with(kReasonMark) && line.size() >= kReasonMark.size() + kShortestReason;
  });
}

}  // namespace

Spread spread_of(std::vector<std::size_t> sizes) {
  if (sizes.empty()) return {};
  std::ranges::sort(sizes);
  return {sizes[sizes.size() / 2], sizes[sizes.size() * 9 / 10], sizes.back()};
}

std::vector<std::string> files_over_budget(const SourceTree& tree) {
  std::vector<std::string> complaints;
  for (const SourceFile& file : tree) {
    const auto lines = lines_of(file.text);
    if (!is_cpp(file.path) || lines.size() <= kFileLines) continue;
    const std::string found = file.path + ": " + std::to_string(lines.size()) + " lines; ";
    if (lines.size() > kFileLinesWithReason) {
      complaints.push_back(found + "more than " + std::to_string(kFileLinesWithReason) + " are never allowed");
    } else if (!gives_reason(lines)) {
      complaints.push_back(found + "over " + std::to_string(kFileLines) + " it must say on top \"" +
                           std::string(kReasonMark) + "<why it is not two files>\"");
    }
  }
  return complaints;
}

std::vector<std::string> functions_over_budget(const SourceTree& tree) {
  std::vector<std::string> complaints;
  for (const SourceFile& file : tree) {
    if (!is_cpp(file.path)) continue;
    for (const FunctionSpan& function : functions_of(file.text)) {
      if (function.length <= kFunctionLines) continue;
      complaints.push_back(file.path + ":" + std::to_string(function.line) + ": " + std::to_string(function.length) +
                           " lines, at most " + std::to_string(kFunctionLines) + " are allowed: " + function.header);
    }
  }
  return complaints;
}

Spread file_sizes(const SourceTree& tree) {
  std::vector<std::size_t> sizes;
  for (const SourceFile& file : tree) {
    if (is_cpp(file.path)) sizes.push_back(lines_of(file.text).size());
  }
  return spread_of(std::move(sizes));
}

Spread function_sizes(const SourceTree& tree) {
  std::vector<std::size_t> sizes;
  for (const SourceFile& file : tree) {
    if (!is_cpp(file.path) || is_test(file.path)) continue;
    for (const FunctionSpan& function : functions_of(file.text)) sizes.push_back(function.length);
  }
  return spread_of(std::move(sizes));
}

}  // namespace inkling::furniture
