#include "mining/opinion_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "mining/reviews_for_test.h"

namespace inkling::mining {
namespace {

using testing::Contains;
using testing::Not;

OpinionWords learnt(const std::vector<std::string>& texts, const OpinionWordOptions& options = {}) {
  auto words = OpinionWords::learn(sample::views(texts), options);
  EXPECT_TRUE(words.ok()) << words.status().message();
  return *words;
}

TEST(OpinionWords, grow_from_seeds_over_what_is_judged) {
  const OpinionWords words = learnt(sample::reviews());
  EXPECT_THAT(words.opinions(), Contains("地道"));
  EXPECT_THAT(words.opinions(), Contains("敷衍"));
  EXPECT_TRUE(words.is_judged("面"));
  EXPECT_TRUE(words.is_judged("服务"));
  EXPECT_FALSE(words.is_judged("走路"));
  EXPECT_FALSE(words.is_judged("地道"));
  EXPECT_FALSE(words.polarity_of("走路"));
}

TEST(OpinionWords, say_what_their_neighbours_say_unless_a_clause_turns) {
  const OpinionWords words = learnt(sample::reviews());
  EXPECT_EQ(words.polarity_of("地道"), 1);
  EXPECT_EQ(words.polarity_of("敷衍"), -1) << "although it stands beside 不错 as often: there the clause turns";
  EXPECT_EQ(words.polarity_of("不错"), 1) << "a seed stays what it is";
}

TEST(OpinionWords, are_denied_by_what_stands_before) {
  std::vector<std::string> texts;
  for (int i = 0; i < 8; ++i) {
    texts.push_back("面很好,面很地道。");
    texts.push_back("面不地道,面很贵。");
    texts.push_back("服务太差,面太贵。");
  }
  EXPECT_EQ(learnt(texts).polarity_of("地道"), 1) << "not to be so is bad: beside 贵 half of the time";
}

TEST(OpinionWords, need_places_enough) {
  std::vector<std::string> texts = sample::reviews();
  texts.push_back("面很劲道。");
  texts.push_back("面很劲道。");
  EXPECT_FALSE(learnt(texts).polarity_of("劲道"));
  texts.push_back("面很劲道。");
  EXPECT_TRUE(learnt(texts).polarity_of("劲道"));
  for (int i = 0; i < 60; ++i) texts.push_back("劲道走路。");
  EXPECT_FALSE(learnt(texts).polarity_of("劲道")) << "three of 63 places";
}

TEST(OpinionWords, are_the_same_in_any_order_of_texts) {
  std::vector<std::string> texts = sample::reviews();
  const OpinionWords once = learnt(texts);
  std::ranges::reverse(texts);
  const OpinionWords again = learnt(texts);
  EXPECT_EQ(once.opinions(), again.opinions());
  EXPECT_EQ(once.aspects(), again.aspects());
  for (const std::string_view word : once.opinions()) EXPECT_EQ(once.polarity_of(word), again.polarity_of(word));
}

TEST(OpinionWords, are_the_seeds_where_there_are_no_texts) {
  const OpinionWords words = learnt({});
  EXPECT_EQ(words.polarity_of("满意"), 1);
  EXPECT_EQ(words.polarity_of("失望"), -1);
  EXPECT_TRUE(words.aspects().empty());
  EXPECT_FALSE(words.is_judged(""));
}

// Names of few places go by their last character, as heads of Chinese names stand last.
TEST(OpinionWords, judge_rare_names_by_their_last_character) {
  std::vector<std::string> texts;
  for (int i = 0; i < 25; ++i) texts.push_back("汤面很好,我们走路。");
  const OpinionWords words = learnt(texts);
  EXPECT_TRUE(words.is_judged("凉面"));
  EXPECT_FALSE(words.is_judged("凉席"));
}

}  // namespace
}  // namespace inkling::mining
