#include "tests/furniture/source_tree.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace inkling::furniture {
namespace {

namespace fs = std::filesystem;

// A linked work tree has a file of that name in place of the folder.
bool is_left_out(const fs::path& path) {
  constexpr std::array<std::string_view, 6> kNames = {"build", ".git",         ".cache",
                                                      "data",  "node_modules", "__pycache__"};
  const std::string name = path.filename().string();
  return std::ranges::find(kNames, name) != kNames.end() || name.ends_with("-data");
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void add_file(const fs::path& root, const fs::path& file, SourceTree& tree) {
  std::string text = text_of(file);
  if (text.find('\0') != std::string::npos) return;  // not a text
  tree.push_back({file.lexically_relative(root).generic_string(), std::move(text)});
}

}  // namespace

SourceTree read_tree(const fs::path& root, const std::vector<std::string>& folders) {
  SourceTree tree;
  for (const std::string& folder : folders) {
    const fs::path start = (root / folder).lexically_normal();
    if (!fs::exists(start)) continue;
    for (fs::recursive_directory_iterator entry(start), end; entry != end; ++entry) {
      const bool left_out = is_left_out(entry->path());
      if (entry->is_directory() && left_out) entry.disable_recursion_pending();
      if (entry->is_regular_file() && !left_out) add_file(root, entry->path(), tree);
    }
  }
  std::ranges::sort(tree, {}, &SourceFile::path);
  return tree;
}

bool is_cpp(std::string_view path) {
  return path.ends_with(".h") || path.ends_with(".cpp");
}

bool is_test(std::string_view path) {
  return path.ends_with("_test.cpp");
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::size_t line_at(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, offset), '\n'));
}

std::string joined(const std::vector<std::string>& complaints) {
  std::string text;
  for (const std::string& complaint : complaints) text += complaint + "\n";
  return text;
}

}  // namespace inkling::furniture
