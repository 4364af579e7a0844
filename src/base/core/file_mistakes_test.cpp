#include "base/core/file_mistakes.h"

#include <gtest/gtest.h>

namespace inkling::base {
namespace {

TEST(FileMistakes, are_told_in_the_order_of_the_file) {
  FileMistakes mistakes("a.yaml");
  EXPECT_TRUE(mistakes.status().ok());
  mistakes.add(10, "late: is wrong");
  mistakes.add(2, "early: is wrong");
  mistakes.add(10, "also: is wrong");
  EXPECT_FALSE(mistakes.empty());
  EXPECT_EQ(mistakes.status().code(), ErrorCode::kInvalidInput);
  EXPECT_EQ(mistakes.status().message(),
            "a.yaml:2: early: is wrong\na.yaml:10: late: is wrong\na.yaml:10: also: is wrong");
}

// A name in double quotes may hold anything (found by fuzz_scene).
TEST(FileMistakes, stay_one_line_each_whatever_the_file_says) {
  FileMistakes mistakes("a.yaml");
  mistakes.add(1, std::string("\"x\ny\0\t\": there is no such stage", 31));
  EXPECT_EQ(mistakes.status().message(), "a.yaml:1: \"x?y??\": there is no such stage");
}

TEST(FileMistakes, tells_the_same_mistake_once) {
  FileMistakes mistakes("f.yaml");
  mistakes.add(3, "a: is missing");
  mistakes.add(3, "a: is missing");
  mistakes.add(4, "a: is missing");
  EXPECT_EQ(mistakes.status().message(), "f.yaml:3: a: is missing\nf.yaml:4: a: is missing");
}

// "key | found | allowed | suggestion" of one sentence.
std::string parts_of(const std::string& sentence) {
  const auto mistakes = mistakes_of(invalid_input("f.yaml:7: " + sentence), "f.yaml");
  EXPECT_EQ(mistakes.size(), 1U);
  EXPECT_EQ(mistakes[0].line, 7);
  EXPECT_EQ(mistakes[0].message, sentence);
  return mistakes[0].key + " | " + mistakes[0].found + " | " + mistakes[0].allowed + " | " + mistakes[0].suggestion;
}

TEST(MistakesOf, takes_the_forms_of_the_house_apart) {
  EXPECT_EQ(parts_of("decide/band: low: 1.5 is above 1; allowed is a number from 0 to 1"),
            "decide/band.low | 1.5 | a number from 0 to 1 | ");
  EXPECT_EQ(parts_of("format: \"c; v: s\" is unknown; expected one of csv, tsv; did you mean csv?"),
            "format | \"c; v: s\" | one of csv, tsv | csv");
  EXPECT_EQ(parts_of("params.hidden: expected a whole number from 4 to 512, found a list"),
            "params.hidden | a list | a whole number from 4 to 512 | ");
  EXPECT_EQ(parts_of("views[0].window: 500 is not between 1 and 128"), "views[0].window | 500 | from 1 to 128 | ");
  EXPECT_EQ(parts_of("fields.action.values.add to cart: \"buy\" is not an action; expected one of view"),
            "fields.action.values.add to cart | \"buy\" | one of view | ");
  EXPECT_EQ(parts_of("the file is empty"), " |  |  | ");
}

TEST(MistakesOf, reads_columns_and_keeps_lines_of_another_form_whole) {
  const auto mistakes =
      mistakes_of(invalid_input("a b.yaml:3:9: not valid YAML: x\na b.yaml: cannot be read"), "a b.yaml");
  ASSERT_EQ(mistakes.size(), 2U);
  EXPECT_EQ(mistakes[0].line, 3);
  EXPECT_EQ(mistakes[0].column, 9);
  EXPECT_EQ(mistakes[0].message, "not valid YAML: x");
  EXPECT_EQ(mistakes[1].line, 0);
  EXPECT_EQ(mistakes[1].message, "cannot be read");
}

TEST(Refusals, joins_what_several_readers_refuse) {
  Refusals refusals;
  EXPECT_EQ(refusals.keep(Result<int>(3)), 3);
  EXPECT_TRUE(refusals.status().ok());
  EXPECT_EQ(refusals.keep(Result<int>(invalid_input("a: is missing")), 9), 9);
  EXPECT_FALSE(refusals.note(invalid_input("b: is missing")));
  EXPECT_EQ(refusals.status().message(), "a: is missing\nb: is missing");
}

}  // namespace
}  // namespace inkling::base
