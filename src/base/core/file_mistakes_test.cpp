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

}  // namespace
}  // namespace inkling::base
