// The files of this repository as text, for tests about the repository itself. Not for data that a product reads.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace inkling::furniture {

struct SourceFile {
  std::string path;  // from the repository's root, with "/"
  std::string text;
};

using SourceTree = std::vector<SourceFile>;

// Every text file under `folders` of `root`, sorted by path. What is built, fetched or measured data is left out.
[[nodiscard]] SourceTree read_tree(const std::filesystem::path& root, const std::vector<std::string>& folders);

[[nodiscard]] bool is_cpp(std::string_view path);
[[nodiscard]] bool is_test(std::string_view path);  // <thing>_test.cpp

[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);
[[nodiscard]] std::size_t line_at(std::string_view text, std::size_t offset);  // counted from 1

// All complaints as one message, one a line: what a failing test prints.
[[nodiscard]] std::string joined(const std::vector<std::string>& complaints);

}  // namespace inkling::furniture
