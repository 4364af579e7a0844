#include "scene/told_words.h"

#include <gtest/gtest.h>

namespace inkling::scene {
namespace {

domain::Action action(domain::ActionKind kind, const std::string& query, const std::string& item,
                      const std::string& tag) {
  domain::Action told;
  told.action = kind;
  told.query = query;
  told.item = item;
  told.tag = tag;
  return told;
}

TEST(ToldWords, are_searches_and_picks) {
  ToldWords words;
  words.add(1, action(domain::ActionKind::kSearch, "piano", "", ""));
  words.add(2, action(domain::ActionKind::kView, "", "van", ""));
  words.add(3, action(domain::ActionKind::kTagPick, "", "need/a", "a"));
  words.add(4, action(domain::ActionKind::kTagPick, "", "", "lift"));
  words.add(5, action(domain::ActionKind::kSearch, "", "", ""));
  ASSERT_EQ(words.words().size(), 3U);
  EXPECT_EQ(words.words()[0].text, "piano");
  EXPECT_FALSE(words.words()[0].picked);
  EXPECT_EQ(words.words()[1].text, "need/a");
  EXPECT_TRUE(words.words()[1].picked);
  EXPECT_EQ(words.words()[2].text, "lift");
  EXPECT_EQ(words.words()[2].ts_ms, 4);
}

TEST(ToldWords, keep_the_newest_and_nothing_long) {
  ToldWords words;
  words.add(0, action(domain::ActionKind::kSearch, std::string(kMaxToldWordBytes + 1, 'x'), "", ""));
  EXPECT_TRUE(words.words().empty());
  for (std::size_t i = 0; i < kMaxToldWords + 3; ++i) {
    words.add(static_cast<std::int64_t>(i), action(domain::ActionKind::kSearch, "w" + std::to_string(i), "", ""));
  }
  ASSERT_EQ(words.words().size(), kMaxToldWords);
  EXPECT_EQ(words.words().front().text, "w3");
  EXPECT_EQ(words.words().back().text, "w" + std::to_string(kMaxToldWords + 2));
}

}  // namespace
}  // namespace inkling::scene
