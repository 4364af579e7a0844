#include "text/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace inkling::text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Words, are_runs_of_letters_and_digits_in_one_form) {
  EXPECT_THAT(words_of("Feather-2, LÄUFER (40cm)"), ElementsAre("feather", "2", "läufer", "40cm"));
  EXPECT_THAT(words_of("ＡＢＣ １２ Straße"), ElementsAre("abc", "12", "strasse"));
  EXPECT_THAT(words_of("La\xCC\x88ufer"), ElementsAre("läufer"));
  EXPECT_THAT(words_of(" -- "), IsEmpty());
  EXPECT_THAT(words_of(""), IsEmpty());
}

TEST(Words, of_texts_without_blanks_are_pairs_of_neighbours_and_the_last_letter) {
  EXPECT_THAT(words_of("运动鞋"), ElementsAre("运动", "动鞋", "鞋"));
  EXPECT_THAT(words_of("鞋"), ElementsAre("鞋"));
  EXPECT_THAT(words_of("T恤 スニーカー"), ElementsAre("t", "恤", "スニ", "ニー", "ーカ", "カー", "ー"));
  EXPECT_THAT(words_of("운동화"), ElementsAre("운동", "동화", "화"));
  EXPECT_THAT(words_of("𠮷野"), ElementsAre("𠮷野", "野")) << "letters beyond 16 bits are whole";
}

TEST(Words, that_are_searched_leave_the_last_letter_of_a_run_at_the_end_out) {
  EXPECT_THAT(searched_words_of("运动鞋"), ElementsAre("运动", "动鞋"));
  EXPECT_THAT(searched_words_of("运动鞋!"), ElementsAre("运动", "动鞋"));
  EXPECT_THAT(searched_words_of("运动 男鞋"), ElementsAre("运动", "动", "男鞋")) << "only at the very end";
  EXPECT_THAT(searched_words_of("运动nike"), ElementsAre("运动", "动", "nike"));
  EXPECT_THAT(searched_words_of("鞋"), ElementsAre("鞋"));
  EXPECT_TRUE(is_single_letter_of_run("鞋"));
  EXPECT_FALSE(is_single_letter_of_run("运动"));
  EXPECT_FALSE(is_single_letter_of_run("a"));
  EXPECT_FALSE(is_single_letter_of_run(""));
}

TEST(Words, are_bounded_whatever_comes) {
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "w" + std::to_string(i) + " ";
  EXPECT_EQ(words_of(many).size(), kMaxWords);
  EXPECT_EQ(words_of(std::string(100'000, 'a')).front().size(), kMaxWordBytes);
  std::string umlauts;
  for (int i = 0; i < 100; ++i) umlauts += "xä";
  EXPECT_LE(words_of(umlauts).front().size(), kMaxWordBytes);
  EXPECT_THAT(words_of("a\xFF\xC3z"), ElementsAre("a", "z")) << "no UTF-8 separates";
}

}  // namespace
}  // namespace inkling::text
