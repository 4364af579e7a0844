#include "scene/page_cursor.h"

#include <gtest/gtest.h>

namespace inkling::scene {
namespace {

TEST(PageCursor, remembers_what_was_seen_and_nothing_else) {
  SeenItems seen = *SeenItems::parse("");
  seen.add("apple");
  seen.add("fig");
  const auto again = SeenItems::parse(seen.cursor());
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->hold("apple"));
  EXPECT_TRUE(again->hold("fig"));
  EXPECT_FALSE(again->hold("pear"));
  EXPECT_EQ(again->cursor(), seen.cursor());
}

TEST(PageCursor, forgets_the_oldest_beyond_its_bound) {
  SeenItems seen;
  for (std::size_t i = 0; i <= kMaxSeenItems; ++i) seen.add("item-" + std::to_string(i));
  EXPECT_EQ(seen.cursor().size(), kMaxCursorBytes);
  EXPECT_FALSE(seen.hold("item-0"));
  EXPECT_TRUE(seen.hold("item-1"));
  EXPECT_TRUE(SeenItems::parse(seen.cursor()).ok());
}

TEST(PageCursor, writes_small_marks_with_all_their_digits) {
  const auto seen = SeenItems::parse("1000000ab");
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(seen->cursor(), "1000000ab");
}

TEST(PageCursor, refuses_what_no_answer_gave) {
  for (const std::string text : {"c", "2000000ab", "1000000a", "1000000ag", "1-00000ab", "1000000ab0"}) {
    EXPECT_EQ(SeenItems::parse(text).status().message(),
              "is no cursor; allowed is what an answer of this scene gave, unchanged")
        << text;
  }
  EXPECT_FALSE(SeenItems::parse("1" + std::string(8 * (kMaxSeenItems + 1), '0')).ok());
}

}  // namespace
}  // namespace inkling::scene
