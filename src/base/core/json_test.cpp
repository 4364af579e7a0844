#include "base/core/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace inkling::base {
namespace {

std::string error_of(std::string_view text) {
  const auto json = Json::parse(text);
  return json.ok() ? "accepted" : json.status().message();
}

std::string round_trip(std::string_view text) {
  const auto json = Json::parse(text);
  return json.ok() ? json->to_text() : json.status().message();
}

TEST(Json, keeps_values_and_member_order) {
  EXPECT_EQ(round_trip(R"( { "z" : [1, -2, 3.5, true, false, null], "a" : {"b":"c"}, "e":[], "o":{} } )"),
            R"({"z":[1,-2,3.5,true,false,null],"a":{"b":"c"},"e":[],"o":{}})");
}

TEST(Json, keeps_every_int64_exact_and_turns_larger_numbers_into_doubles) {
  EXPECT_EQ(round_trip("9223372036854775807"), "9223372036854775807");
  EXPECT_EQ(round_trip("-9223372036854775808"), "-9223372036854775808");
  const auto larger = Json::parse("9223372036854775808");
  ASSERT_TRUE(larger.ok());
  ASSERT_NE(larger->if_number(), nullptr);
  EXPECT_EQ(*larger->if_number(), 9223372036854775808.0);
}

TEST(Json, writes_the_shortest_double_that_reads_back_equal) {
  EXPECT_EQ(Json(0.1).to_text(), "0.1");
  EXPECT_EQ(Json(5.0).to_text(), "5.0");
  EXPECT_EQ(Json(1e300).to_text(), "1e+300");
  for (const double value : {1.0 / 3, 0.1 + 0.2, 5e-324, std::numeric_limits<double>::max(), -0.0, 123456789.123}) {
    const auto back = Json::parse(Json(value).to_text());
    ASSERT_TRUE(back.ok()) << back.status().message();
    ASSERT_NE(back->if_number(), nullptr) << Json(value).to_text();
    EXPECT_EQ(*back->if_number(), value);
    EXPECT_EQ(std::signbit(*back->if_number()), std::signbit(value));
  }
  EXPECT_EQ(Json(std::nan("")).to_text(), "null");
}

TEST(Json, reads_escapes_and_writes_texts_that_read_back) {
  const auto json = Json::parse(R"("a\"\\\/\b\f\n\r\tA\u00e9\ud83d\ude00")");
  ASSERT_TRUE(json.ok()) << json.status().message();
  EXPECT_EQ(*json->if_text(), "a\"\\/\b\f\n\r\tA\u00e9\U0001F600");
  EXPECT_EQ(round_trip(json->to_text()), json->to_text());
  EXPECT_EQ(Json(std::string("\x01\n\"")).to_text(), R"("\u0001\n\"")");
}

TEST(Json, names_the_byte_where_the_text_goes_wrong) {
  EXPECT_EQ(error_of(""), "byte 0: expected a value, found the end.");
  EXPECT_EQ(error_of("{\"a\":1 x}"), "byte 7: expected ',' or '}' after a member, found 'x'.");
  EXPECT_EQ(error_of("[1,]"), "byte 3: expected a value, found ']'.");
  EXPECT_EQ(error_of("{\"a\" 1}"), "byte 5: expected ':' after a member name, found '1'.");
  EXPECT_EQ(error_of("{a:1}"), "byte 1: expected a member name in double quotes, found 'a'.");
  EXPECT_EQ(error_of("[\"abc"), "byte 1: this string has no closing quote.");
  EXPECT_EQ(error_of("1 2"), "byte 2: expected the end after the value, found '2'.");
  EXPECT_EQ(error_of("tru"), "byte 0: expected the word true.");
  EXPECT_EQ(error_of("[01]"), "byte 1: a number must not start with a zero.");
  EXPECT_EQ(error_of("1."), "byte 2: expected a digit after '.', found the end.");
  EXPECT_EQ(error_of("1e+"), "byte 3: expected a digit in the exponent, found the end.");
  EXPECT_EQ(error_of("1e999"), "byte 0: the number 1e999 does not fit into a double.");
  EXPECT_EQ(error_of("-"), "byte 1: expected a value, found the end.");
}

TEST(Json, refuses_what_is_not_utf8_or_not_escaped) {
  EXPECT_EQ(error_of("\"a\xff\""), "byte 2: the string is not UTF-8 here, found a byte of value 255.");
  EXPECT_EQ(error_of("\"\xc0\xaf\""), "byte 1: the string is not UTF-8 here, found a byte of value 192.");
  EXPECT_EQ(error_of("\"a\nb\""),
            "byte 2: a control character must be written as an escape, found a byte of value 10.");
  EXPECT_EQ(error_of(R"("\ud83d")"), "byte 1: this half of a surrogate pair has no partner.");
  EXPECT_EQ(error_of(R"("\ude00")"), "byte 1: this half of a surrogate pair has no partner.");
  EXPECT_EQ(error_of(R"("\u12g4")"), "byte 3: expected four hexadecimal digits after \\u.");
  EXPECT_EQ(error_of(R"("\u12)"), "byte 3: expected four hexadecimal digits after \\u.");
  EXPECT_EQ(error_of(R"("\x")"), "byte 2: after '\\' one of \" \\ / b f n r t u must follow, found 'x'.");
}

TEST(Json, refuses_duplicate_members_naming_both_places) {
  EXPECT_EQ(error_of(R"({"a":1,"b":2,"a":3})"), "byte 13: the member \"a\" is given twice, first at byte 1.");
}

TEST(Json, limits_nesting_at_64_levels) {
  EXPECT_EQ(round_trip(std::string(64, '[') + std::string(64, ']')), std::string(64, '[') + std::string(64, ']'));
  EXPECT_EQ(error_of(std::string(65, '[') + std::string(65, ']')),
            "byte 64: arrays and objects are nested deeper than 64 levels.");
}

TEST(Json, builds_objects_and_arrays_and_replaces_members) {
  Json json;
  json.set("a", 1).set("b", Json().push("x").push(2.5)).set("a", true);
  EXPECT_EQ(json.to_text(), R"({"a":true,"b":["x",2.5]})");
  EXPECT_EQ(json.to_pretty_text(), "{\n  \"a\": true,\n  \"b\": [\n    \"x\",\n    2.5\n  ]\n}\n");
  EXPECT_EQ(json.find("c"), nullptr);
  EXPECT_EQ(json, *Json::parse(json.to_pretty_text()));
  EXPECT_FALSE(Json(1) == Json(1.0));
}

class JsonViews : public ::testing::Test {
 protected:
  Json json_ = *Json::parse(R"({"views":[{"window":0,"name":"swipe","rate":0.5}],"on":true})");
  JsonView root_{json_};
};

TEST_F(JsonViews, read_typed_members) {
  const auto views = root_.elements("views");
  ASSERT_TRUE(views.ok());
  ASSERT_EQ(views->size(), 1u);
  EXPECT_EQ((*views)[0].path(), "views[0]");
  EXPECT_EQ(*(*views)[0].text("name"), "swipe");
  EXPECT_EQ(*(*views)[0].number("rate", 0, 1), 0.5);
  EXPECT_EQ(*(*views)[0].number("window"), 0.0);
  EXPECT_EQ(*(*views)[0].integer("window", 0, 128), 0);
  EXPECT_TRUE(*root_.boolean("on"));
}

TEST_F(JsonViews, name_path_value_and_bounds_in_errors) {
  const auto views = *root_.elements("views");
  EXPECT_EQ(views[0].integer("window", 1, 128).status().message(), "views[0].window: 0 is not between 1 and 128.");
  EXPECT_EQ(views[0].integer("window", 1).status().message(), "views[0].window: 0 is below 1.");
  EXPECT_EQ(views[0].number("rate", -JsonView::kInfinity, 0.25).status().message(),
            "views[0].rate: 0.5 is above 0.25.");
  EXPECT_EQ(views[0].integer("rate").status().message(), "views[0].rate: expected a whole number, found 0.5.");
  EXPECT_EQ(views[0].text("size").status().message(), "views[0].size: is missing.");
  EXPECT_EQ(root_.text("views").status().message(), "views: expected a text, found a list.");
  EXPECT_EQ(root_.as_elements().status().message(), "the document: expected a list, found keys and values.");
}

TEST_F(JsonViews, refuse_unknown_members_with_the_nearest_known_name) {
  const auto views = *root_.elements("views");
  EXPECT_TRUE(views[0].only_keys({"window", "name", "rate"}).ok());
  EXPECT_EQ(views[0].only_keys({"windows", "name", "rate"}).message(),
            "views[0].window: there is no such key; expected one of windows, name, rate; did you mean windows?");
}

}  // namespace
}  // namespace inkling::base
