#include "tests/furniture/text_rules.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace inkling::furniture {
namespace {

// The words are put together from pieces, for this file is searched as well.
const std::array<std::string, 5> kMachinePaths = {std::string("/ho") + "me/", std::string("/ro") + "ot/",
                                                  std::string("/wo") + "rk/", std::string("/Us") + "ers/",
                                                  std::string("/mn") + "t/"};
const std::array<std::string, 4> kUnfinished = {std::string("TO") + "DO", std::string("FIX") + "ME",
                                                std::string("X") + "XX", std::string("HA") + "CK"};
constexpr std::array<std::string_view, 6> kEmptyNames = {"utils", "util", "helpers", "common", "misc", "manager"};

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool continues_a_path(char before) {
  return is_word(before) || before == '.' || before == '-' || before == '}';
}

std::string place(const SourceFile& file, std::size_t offset) {
  return file.path + ":" + std::to_string(line_at(file.text, offset)) + ": ";
}

// Calls found(offset) for every place where `word` stands.
template <class Found>
void each_place(std::string_view text, std::string_view word, Found found) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) found(at);
}

bool is_whole_word(std::string_view text, std::size_t at, std::size_t size) {
  return (at == 0 || !is_word(text[at - 1])) && (at + size == text.size() || !is_word(text[at + size]));
}

void add_untidy_lines(const SourceFile& file, std::vector<std::string>& complaints) {
  const bool tabs_allowed = file.path.ends_with("Makefile") || file.path.ends_with(".tsv");
  const auto lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string where = file.path + ":" + std::to_string(i + 1) + ": ";
    if (!tabs_allowed && lines[i].find('\t') != std::string_view::npos) complaints.push_back(where + "has a tab");
    if (lines[i].ends_with('\r')) complaints.push_back(where + "ends with a carriage return");
    if (lines[i].ends_with(' ')) complaints.push_back(where + "ends with a blank");
  }
}

std::vector<std::string> name_parts(std::string_view path) {
  std::vector<std::string> parts(1);
  for (const char c : path) {
    if (is_word(c) && c != '_')
      parts.back() += c;
    else
      parts.emplace_back();
  }
  return parts;
}

}  // namespace

std::vector<std::string> machine_paths(const SourceTree& tree) {
  std::vector<std::string> complaints;
  for (const SourceFile& file : tree) {
    for (const std::string& path : kMachinePaths) {
      each_place(file.text, path, [&](std::size_t at) {
        if (at > 0 && continues_a_path(file.text[at - 1])) return;
        complaints.push_back(place(file, at) + "names a path of one machine, " + path);
      });
    }
  }
  return complaints;
}

std::vector<std::string> unfinished_marks(const SourceTree& tree) {
  std::vector<std::string> complaints;
  for (const SourceFile& file : tree) {
    for (const std::string& mark : kUnfinished) {
      each_place(file.text, mark, [&](std::size_t at) {
        if (is_whole_word(file.text, at, mark.size())) complaints.push_back(place(file, at) + mark);
      });
    }
  }
  return complaints;
}

std::vector<std::string> untidy_lines(const SourceTree& tree) {
  std::vector<std::string> complaints;
  for (const SourceFile& file : tree) {
    add_untidy_lines(file, complaints);
    if (!file.text.empty() && !file.text.ends_with('\n'))
      complaints.push_back(file.path + ": has no last line break");
  }
  return complaints;
}

std::vector<std::string> headers_without_guard(const SourceTree& tree) {
  std::vector<std::string> complaints;
  for (const SourceFile& file : tree) {
    // Highway compiles *-inl.h once for every instruction set, under guards of its own.
    if (!file.path.ends_with(".h") || file.path.ends_with("-inl.h")) continue;
    if (file.text.find("\n#pragma once\n") == std::string::npos) {
      complaints.push_back(file.path + ": has no #pragma once");
    }
  }
  return complaints;
}

std::vector<std::string> empty_names(const SourceTree& tree) {
  std::vector<std::string> complaints;
  for (const SourceFile& file : tree) {
    for (const std::string& part : name_parts(file.path)) {
      if (std::ranges::find(kEmptyNames, part) == kEmptyNames.end()) continue;
      complaints.push_back(file.path + ": \"" + part + "\" does not say what is inside");
    }
  }
  return complaints;
}

std::vector<std::string> overlong_front_pages(const SourceTree& tree) {
  std::vector<std::string> complaints;
  for (const SourceFile& file : tree) {
    const bool readme = file.path == "README.md" || file.path == "README.zh-CN.md";
    const std::size_t limit = readme ? kReadmeLines : kRootCmakeLines;
    if (!readme && file.path != "CMakeLists.txt") continue;
    const std::size_t found = lines_of(file.text).size();
    if (found <= limit) continue;
    complaints.push_back(file.path + ": " + std::to_string(found) + " lines, at most " + std::to_string(limit));
  }
  return complaints;
}

}  // namespace inkling::furniture
