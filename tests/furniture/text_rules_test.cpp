#include "tests/furniture/text_rules.h"

#include <gtest/gtest.h>

namespace inkling::furniture {
namespace {

const std::string kHomePath = std::string("/ho") + "me/ann/x";
const std::string kMark = std::string("TO") + "DO";

std::string repeated(std::string_view line, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += line;
  return text;
}

TEST(TextRules, name_the_line_with_a_path_of_one_machine) {
  EXPECT_EQ(joined(machine_paths({{"a.md", "fine\nsee " + kHomePath + "\n"}})),
            "a.md:2: names a path of one machine, " + kHomePath.substr(0, 6) + "\n");
}

TEST(TextRules, take_no_offence_at_the_middle_of_a_path) {
  EXPECT_EQ(joined(machine_paths({{"a.md", "page" + kHomePath + " ./x" + kHomePath + " ${D}" + kHomePath + "\n"}})),
            "");
}

TEST(TextRules, find_marks_of_unfinished_work_as_whole_words) {
  EXPECT_EQ(joined(unfinished_marks({{"a.h", "\n// " + kMark + ": later\n"}})), "a.h:2: " + kMark + "\n");
  EXPECT_EQ(joined(unfinished_marks({{"a.h", "k" + kMark + "S " + kMark + "_list\n"}})), "");
}

TEST(TextRules, find_tabs_blanks_carriage_returns_and_a_missing_line_break) {
  EXPECT_EQ(joined(untidy_lines({{"a.h", "\tx\nx \nx\r\nx"}})),
            "a.h:1: has a tab\na.h:2: ends with a blank\na.h:3: ends with a carriage return\n"
            "a.h: has no last line break\n");
  EXPECT_EQ(joined(untidy_lines({{"Makefile", "\tx\n"}, {"empty.h", ""}})), "");
}

TEST(TextRules, want_a_guard_in_every_header_but_those_of_highway) {
  EXPECT_EQ(joined(headers_without_guard({{"a.h", "// a\n#pragma once\n"}, {"b-inl.h", ""}, {"c.cpp", ""}})), "");
  EXPECT_EQ(joined(headers_without_guard({{"a.h", "// #pragma once\n"}})), "a.h: has no #pragma once\n");
}

TEST(TextRules, refuse_names_that_say_nothing) {
  EXPECT_EQ(
      joined(empty_names({{"src/utils/a.h", ""}, {"src/a/text_helpers.cpp", ""}, {"src/a/common_prefix.h", ""}})),
      "src/utils/a.h: \"utils\" does not say what is inside\n"
      "src/a/text_helpers.cpp: \"helpers\" does not say what is inside\n"
      "src/a/common_prefix.h: \"common\" does not say what is inside\n");
  EXPECT_EQ(joined(empty_names({{"src/a/utilisation.cpp", ""}})), "");
}

TEST(TextRules, hold_the_front_pages_short) {
  const std::string readme = repeated("x\n", kReadmeLines);
  EXPECT_EQ(joined(overlong_front_pages({{"README.md", readme}, {"docs/README.md", readme + readme}})), "");
  EXPECT_EQ(joined(overlong_front_pages({{"README.md", readme + "x\n"}})), "README.md: 151 lines, at most 150\n");
  EXPECT_EQ(joined(overlong_front_pages({{"CMakeLists.txt", repeated("x\n", kRootCmakeLines + 1)}})),
            "CMakeLists.txt: 251 lines, at most 250\n");
}

TEST(ThisRepository, keeps_the_rules_of_its_text) {
  const SourceTree all = read_tree(".", {"."});
  ASSERT_GT(all.size(), 100U) << "run me from the root of the repository";
  EXPECT_EQ(joined(machine_paths(all)), "");
  EXPECT_EQ(joined(unfinished_marks(all)), "");
  EXPECT_EQ(joined(overlong_front_pages(all)), "");
  const SourceTree code = read_tree(
      ".", {"src", "models", "plugins", "sim", "scenes", "apps", "tests", "bench", "cmake", "tools", "mappings"});
  EXPECT_EQ(joined(untidy_lines(code)), "");
  EXPECT_EQ(joined(headers_without_guard(code)), "");
  EXPECT_EQ(joined(empty_names(code)), "");
}

}  // namespace
}  // namespace inkling::furniture
