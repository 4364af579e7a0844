#include "tests/furniture/size_budget.h"

#include <gtest/gtest.h>

#include <iostream>

#include "tests/furniture/cpp_functions.h"

namespace inkling::furniture {
namespace {

std::string repeated(std::string_view line, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += line;
  return text;
}

std::string named_lengths(std::string_view text) {
  std::string all;
  for (const FunctionSpan& function : functions_of(text)) {
    all += std::to_string(function.line) + "+" + std::to_string(function.length) + " " + function.header + "\n";
  }
  return all;
}

TEST(FileBudget, wants_a_reason_over_the_first_bound) {
  const std::string full = repeated("int x;\n", kFileLines);
  EXPECT_EQ(joined(files_over_budget({{"a.cpp", full}})), "");
  EXPECT_EQ(joined(files_over_budget({{"a.cpp", full + "int y;\n"}})),
            "a.cpp: 501 lines; over 500 it must say on top \"// Long because: <why it is not two files>\"\n");
  EXPECT_EQ(joined(files_over_budget({{"a.cpp", "// Long because: one grammar, one table of its rules\n" + full}})),
            "");
  EXPECT_NE(joined(files_over_budget({{"a.cpp", "// Long because: yes\n" + full}})), "");
  EXPECT_NE(joined(files_over_budget({{"a.cpp", full + "// Long because: said too late to be seen\n"}})), "");
}

TEST(FileBudget, accepts_no_reason_over_the_second_bound) {
  const std::string text =
      "// Long because: one grammar, one table of its rules\n" + repeated("int x;\n", kFileLinesWithReason);
  EXPECT_EQ(joined(files_over_budget({{"a.h", text}})), "a.h: 801 lines; more than 800 are never allowed\n");
}

TEST(FunctionBudget, names_a_function_that_is_too_long) {
  const std::string body = repeated("  work();\n", kFunctionLines - 2);
  EXPECT_EQ(joined(functions_over_budget({{"a.cpp", "void f() {\n" + body + "}\n"}})), "");
  EXPECT_EQ(joined(functions_over_budget({{"a.cpp", "int a;\nvoid f() {\n" + body + "  more();\n}\n"}})),
            "a.cpp:2: 101 lines, at most 100 are allowed: void f() {\n");
}

TEST(Functions, are_found_in_namespaces_classes_and_templates) {
  EXPECT_EQ(named_lengths("namespace a {\nclass B : public C {\n public:\n  int f() const { return 1; }\n};\n"
                          "template <class T>\nT g(T t) {\n  if (t) { h(); }\n  return t;\n}\n}\n"),
            "4+1 int f() const { return 1; }\n"
            "6+5 template <class T>\n");
}

TEST(Functions, begin_before_their_initialiser_list) {
  EXPECT_EQ(named_lengths("A::A(int x)\n    : b_{x},\n      c_(x) {\n  d();\n}\n"), "1+5 A::A(int x)\n");
}

TEST(Functions, are_not_tables_of_values_nor_lambdas_inside) {
  EXPECT_EQ(named_lengths("constexpr std::array<P, 2> kAll = {{\n  {f(1)},\n  {f(2)},\n}};\n"
                          "void g() {\n  run([](int x) {\n    use(x);\n  });\n}\n"),
            "5+5 void g() {\n");
}

TEST(Functions, are_counted_past_braces_in_text_comments_and_directives) {
  EXPECT_EQ(
      named_lengths("void f() {\n  a('{', \"}\\\"}\", R\"x(})\"})x\");  // }\n  /* } */\n#define M }\n  1'000;\n}\n"
                    "void g() {}\n"),
      "1+6 void f() {\n7+1 void g() {}\n");
}

TEST(Spread, tells_middle_ninth_tenth_and_largest) {
  const Spread spread = spread_of({10, 1, 9, 2, 8, 3, 7, 4, 6, 5});
  EXPECT_EQ(spread.median, 6U);
  EXPECT_EQ(spread.p90, 10U);
  EXPECT_EQ(spread.largest, 10U);
}

TEST(ThisRepository, keeps_its_files_and_functions_small) {
  const SourceTree tree =
      read_tree(".", {"src", "models", "plugins", "sim", "scenes", "apps", "tests", "bench", "fuzz"});
  ASSERT_GT(tree.size(), 100U) << "run me from the root of the repository";
  EXPECT_EQ(joined(files_over_budget(tree)), "");
  EXPECT_EQ(joined(functions_over_budget(tree)), "");
  const Spread files = file_sizes(tree);
  const Spread functions = function_sizes(tree);
  std::cout << "lines a file: median " << files.median << ", p90 " << files.p90 << ", largest " << files.largest
            << "\nlines a function: median " << functions.median << ", p90 " << functions.p90 << ", largest "
            << functions.largest << "\n";
  EXPECT_LE(files.median, 150U);
  EXPECT_LE(files.p90, 500U);
  EXPECT_LE(functions.median, 7U);
  EXPECT_LE(functions.p90, 40U);
}

}  // namespace
}  // namespace inkling::furniture
