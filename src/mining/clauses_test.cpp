#include "mining/clauses.h"

#include <gtest/gtest.h>

#include <string>

namespace inkling::mining {
namespace {

// "味道/一般 ," : words between slashes, a clause's mark behind it.
std::string cut(std::string_view text) {
  auto cutter = ClauseCutter::create();
  ClausedText cut;
  cutter->cut(text, cut);
  std::string told;
  for (const Clause& clause : cut.clauses) {
    if (!told.empty()) told += ' ';
    bool is_first = true;
    for (const TextPart& word : cut.words_of(clause)) {
      told += (is_first ? "" : "/") + std::string(text.substr(word.begin, word.end - word.begin));
      is_first = false;
    }
    told += clause.behind == Mark::kComma ? "," : "|";
  }
  return told;
}

Mark behind_first(std::string_view text) {
  auto cutter = ClauseCutter::create();
  ClausedText cut;
  cutter->cut(text, cut);
  return cut.clauses.at(0).behind;
}

TEST(Clauses, end_at_marks_and_hold_whole_words) {
  EXPECT_EQ(cut("味道一般,挺清爽"), "味道/一般, 挺/清爽|");
  EXPECT_EQ(cut("!?"), "");
  EXPECT_EQ(cut(""), "");
}

TEST(Clauses, cut_off_what_leads_a_predicate_and_particles) {
  EXPECT_EQ(cut("环境很好"), "环境/很/好|");
  EXPECT_EQ(cut("菜凉了"), "菜/凉/了|");
  EXPECT_EQ(cut("太阳"), "太阳|") << "a word that only begins so";
}

TEST(Clauses, know_the_strongest_mark_behind_them) {
  EXPECT_EQ(behind_first("味道】，好"), Mark::kHead);
  EXPECT_EQ(behind_first("味道、服务"), Mark::kList);
  EXPECT_EQ(behind_first("味道 服务"), Mark::kComma);
  EXPECT_EQ(behind_first("味道,。服务"), Mark::kStop);
  EXPECT_EQ(behind_first("味道"), Mark::kNone);
}

TEST(Clauses, tell_what_words_do) {
  EXPECT_EQ(class_of("很"), WordClass::kDegree);
  EXPECT_EQ(class_of("不"), WordClass::kDenial);
  EXPECT_EQ(class_of("但是"), WordClass::kTurn);
  EXPECT_EQ(class_of("12"), WordClass::kBinding);
  EXPECT_EQ(class_of("味道"), WordClass::kContent);
}

}  // namespace
}  // namespace inkling::mining
