#include "wire/json_text.h"

#include <gtest/gtest.h>

#include <limits>

#include "wire/json_slices.h"

namespace inkling::wire {
namespace {

std::string number(double value) {
  std::string out;
  append_number(value, out);
  return out;
}

TEST(JsonText, escapes_what_must_be_escaped_and_nothing_else) {
  std::string out;
  append_json_string(std::string_view("a\"b\\c\n\r\t\0\x1f\x7f/é", 14), out);
  EXPECT_EQ(out, "\"a\\\"b\\\\c\\n\\r\\t\\u0000\\u001f\x7f/é\"");
}

TEST(JsonText, writes_the_shortest_number) {
  EXPECT_EQ(number(0.1), "0.1");
  EXPECT_EQ(number(5), "5");
  EXPECT_EQ(number(-2.5e-7), "-2.5e-07");
  // As digits alone this would be an integer that no reader holds.
  EXPECT_EQ(number(1.2345678901234567e20), "1.2345678901234567e+20");
  EXPECT_EQ(number(std::numeric_limits<double>::quiet_NaN()), "0");
  EXPECT_EQ(number(-std::numeric_limits<double>::infinity()), "0");
}

TEST(JsonText, writes_the_extreme_integers) {
  std::string out;
  append_integer(std::numeric_limits<std::int64_t>::min(), out);
  append_integer(std::numeric_limits<std::int64_t>::max(), out);
  EXPECT_EQ(out, "-92233720368547758089223372036854775807");
}

TEST(JsonSlices, finds_members_as_they_were_written) {
  const auto members = raw_members(R"( {"a" : [1, {"x":"]}"}] ,"b\"":"\\","c":-1.0e3 , "d":true})");
  ASSERT_EQ(members.size(), 4U);
  EXPECT_EQ(members[0].key, "\"a\"");
  EXPECT_EQ(members[0].value, R"([1, {"x":"]}"}])");
  EXPECT_EQ(members[1].key, R"("b\"")");
  EXPECT_EQ(members[1].value, R"("\\")");
  EXPECT_EQ(members[2].value, "-1.0e3");
  EXPECT_EQ(members[3].value, "true");
  EXPECT_TRUE(raw_members("{ }").empty());
}

TEST(JsonSlices, minifies_outside_strings_only) {
  std::string out;
  append_minified("{ \"a b\" :\t[ 1 ,\n\" \\\" \" ] }", out);
  EXPECT_EQ(out, "{\"a b\":[1,\" \\\" \"]}");
}

TEST(JsonSlices, knows_a_cut_line) {
  EXPECT_TRUE(cut_off(R"({"a":[1)"));
  EXPECT_TRUE(cut_off(R"({"a":"x)"));
  EXPECT_TRUE(cut_off(R"({"a":"x\)"));
  EXPECT_FALSE(cut_off(R"({"a":"}"}})"));
  EXPECT_FALSE(cut_off("x"));
}

}  // namespace
}  // namespace inkling::wire
