#include "base/core/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace inkling::base {
namespace {

TEST(Utf8, accepts_the_first_and_last_character_of_every_length) {
  EXPECT_TRUE(valid_utf8(""));
  EXPECT_TRUE(valid_utf8(std::string_view("\0\x7f", 2)));
  EXPECT_TRUE(valid_utf8("\xC2\x80\xDF\xBF"));
  EXPECT_TRUE(valid_utf8("\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"));
  EXPECT_TRUE(valid_utf8("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
  EXPECT_TRUE(valid_utf8("北京朝阳"));
}

TEST(Utf8, refuses_what_no_character_is_made_of) {
  for (const std::string_view bad :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xFF", "\xC2", "\xE2\x82", "\xF0\x9F\x98", "\xC2\x41", "\xE2\x82\x41"}) {
    EXPECT_FALSE(valid_utf8(bad)) << testing::PrintToString(bad);
  }
}

TEST(Utf8, says_where_it_stops) {
  EXPECT_EQ(utf8_valid_bytes("abc\xFFzz"), 3U);
  EXPECT_EQ(utf8_valid_bytes("é\xE2\x82"), 2U);
}

TEST(Utf8, cuts_between_characters) {
  EXPECT_EQ(utf8_cut("abc", 3), "abc");
  EXPECT_EQ(utf8_cut("abc", 2), "ab");
  EXPECT_EQ(utf8_cut("a€b", 3), "a");
  EXPECT_EQ(utf8_cut("a€b", 4), "a€");
  EXPECT_EQ(utf8_cut("€", 2), "");
}

TEST(PlainForm, is_narrow_and_small) {
  EXPECT_EQ(plain_form(U'\uFF21'), U'a');
  EXPECT_EQ(plain_form(U'\uFF15'), U'5');
  EXPECT_EQ(plain_form(U'\u3000'), U' ');
  EXPECT_EQ(plain_form(U'Z'), U'z');
  EXPECT_EQ(plain_form(U'\u5473'), U'\u5473');
}

TEST(CodePoints, are_appended_with_where_they_begin_until_the_text_is_no_utf8) {
  std::vector<CodePoint> found = {{U'x', 7}};
  append_code_points(
      "a\u00e9\u5473\U0001F600\xff"
      "b",
      9, found);
  ASSERT_EQ(found.size(), 5U);
  EXPECT_EQ(found[1].value, U'a');
  EXPECT_EQ(found[2].value, U'\u00e9');
  EXPECT_EQ(found[3].value, U'\u5473');
  EXPECT_EQ(found[3].byte, 3U);
  EXPECT_EQ(found[4].value, U'\U0001F600');
  EXPECT_EQ(found[4].byte, 6U);
  found.clear();
  append_code_points("abc", 2, found);
  EXPECT_EQ(found.size(), 2U);
}

}  // namespace
}  // namespace inkling::base
