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

}  // namespace
}  // namespace inkling::base
