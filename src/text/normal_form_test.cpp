#include "text/normal_form.h"

#include <gtest/gtest.h>

#include <iterator>

#include "base/core/random.h"
#include "base/core/utf8.h"
#include "text/letter_kind.h"

namespace inkling::text {
namespace {

TEST(NormalForm, is_one_for_case_width_blanks_and_repeated_marks) {
  EXPECT_EQ(normal_form("ＷｉＦｉ  维修！！"), "wifi维修!");
  EXPECT_EQ(normal_form("  Straße\t\n４０ ㎡ "), "strasse 40 m2");
  EXPECT_EQ(normal_form("搬家　保洁"), "搬家 保洁") << "a list of words stays one";
  EXPECT_EQ(normal_form("58 同城"), "58同城");
  EXPECT_EQ(normal_form("C++ 培训~~~"), "c++ 培训~") << "'+' tells words apart, and is no letter";
  EXPECT_EQ(normal_form("很好👍👍👍。。。"), "很好👍。");
  EXPECT_EQ(normal_form("ｶﾞ"), "ガ");
  EXPECT_EQ(normal_form("soft\u00ADhyphen"), "softhyphen");
  EXPECT_EQ(normal_form("a\xFF\xFE"
                        "b"),
            "a\uFFFDb");
  EXPECT_EQ(normal_form("  "), "");
}

std::string some_text(base::Random& random) {
  static constexpr char32_t kLetters[] = {U'a',   U'Z',   U' ',   U' ',    U'!',    U'!',   U'+',   U'维',
                                          U'修',  U'Ａ',  U'　',  U'か',   0x309B,  0x3099, 0x0308, 0xA8,
                                          0x200D, 0xDF,   0x0130, 0x20000, 0x1F44D, 0xAC00, 0x1100, 0x1161,
                                          0x0E01, 0x0338, U'=',   U'3',    0xFDFA,  0x0345};
  std::string text;
  for (std::uint64_t i = random.below(9); i > 0; --i) {
    const char32_t letter = kLetters[random.below(std::size(kLetters))];
    if (letter < 0x80) {
      text += static_cast<char>(letter);
    } else if (letter < 0x800) {
      text += static_cast<char>(0xC0 | (letter >> 6));
      text += static_cast<char>(0x80 | (letter & 0x3F));
    } else {
      if (letter < 0x10000) text += static_cast<char>(0xE0 | (letter >> 12));
      if (letter >= 0x10000) text += static_cast<char>(0xF0 | (letter >> 18));
      if (letter >= 0x10000) text += static_cast<char>(0x80 | ((letter >> 12) & 0x3F));
      text += static_cast<char>(0x80 | ((letter >> 6) & 0x3F));
      text += static_cast<char>(0x80 | (letter & 0x3F));
    }
  }
  if (random.chance(0.1)) text += '\xE7';
  return text;
}

TEST(NormalForm, of_a_normal_form_is_itself_and_its_bytes_know_their_source) {
  base::Random random(1);
  NormalText form;
  for (int i = 0; i < 200'000; ++i) {
    const std::string source = some_text(random);
    form.assign(source);
    const std::string once(form.text());
    ASSERT_EQ(normal_form(once), once) << source;
    ASSERT_TRUE(base::valid_utf8(once)) << source;
    std::size_t last_begin = 0;
    for (std::size_t at = 0; at < once.size(); ++at) {
      ASSERT_GE(form.source_begin(at), last_begin) << source;
      ASSERT_LT(form.source_begin(at), form.source_end(at + 1)) << source;
      ASSERT_LE(form.source_end(at + 1), source.size()) << source;
      last_begin = form.source_begin(at);
    }
    ASSERT_TRUE(!is_plain(source) || once == source) << source;
  }
}

TEST(NormalForm, tells_where_a_part_stands_in_the_source) {
  const std::string source = "修 ＷｉＦｉ  维修!!!";
  NormalText form;
  form.assign(source);
  ASSERT_EQ(form.text(), "修wifi维修!");
  const std::size_t at = form.text().find("wifi");
  EXPECT_EQ(source.substr(form.source_begin(at), form.source_end(at + 10) - form.source_begin(at)), "ＷｉＦｉ  维修");
  EXPECT_EQ(form.source_end(form.text().size()), source.size()) << "repeated marks belong to the one that stays";
}

TEST(NormalForm, plain_texts_are_told_from_their_bytes) {
  EXPECT_TRUE(is_plain("管道疏通"));
  EXPECT_TRUE(is_plain("air conditioner 24h"));
  EXPECT_TRUE(is_plain(""));
  for (const char* text : {"Air", "a  b", " a", "a ", "a 修", "修!", "\xE4\xB7\xBF", "\xE4\xB8", "ガ", "é"})
    EXPECT_FALSE(is_plain(text)) << text;
}

TEST(LetterKind, says_where_words_go_on) {
  EXPECT_TRUE(joins_words(U'a') && joins_words(U'7') && joins_words(U'é') && joins_words(0x0431));
  EXPECT_FALSE(joins_words(U'修') || joins_words(U'か') || joins_words(U' ') || joins_words(0xAC00));
  EXPECT_FALSE(joins_words(0x0E01)) << "Thai is written without blanks";
}

}  // namespace
}  // namespace inkling::text
