#include "index/title_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace inkling::index {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class TitleIndexTest : public testing::Test {
 protected:
  TitleIndexTest() {
    const std::vector<std::string> titles = {"Red running shoes",
                                             "Blue running shorts",
                                             "Red shoes for running",
                                             "Blue hat",
                                             "红色 运动鞋",
                                             "蓝色运动服 Nike",
                                             ""};
    for (std::uint32_t row = 0; row < titles.size(); ++row) index_.set(row, titles[row]);
  }
  std::vector<std::uint32_t> rows(std::string_view query) {
    std::vector<std::uint32_t> found;
    for (const TitleMatch& match : index_.publish().search(parse_title_query(query))) found.push_back(match.row);
    std::ranges::sort(found);
    return found;
  }
  TitleIndex index_;
};

TEST_F(TitleIndexTest, every_word_must_be_there_in_any_order_and_case) {
  EXPECT_THAT(rows("RUNNING red "), ElementsAre(0, 2));
  EXPECT_THAT(rows("running hat "), IsEmpty());
  EXPECT_THAT(rows("unknown "), IsEmpty());
}

TEST_F(TitleIndexTest, quoted_words_must_stand_together) {
  EXPECT_THAT(rows("\"red shoes\""), ElementsAre(2));
  EXPECT_THAT(rows("\"running shoes\""), ElementsAre(0));
  EXPECT_THAT(rows("\"shoes running\""), IsEmpty());
  EXPECT_THAT(rows("\"running shoes"), ElementsAre(0)) << "a quotation that has no end ends with the query";
}

TEST_F(TitleIndexTest, or_joins_its_neighbours_and_a_dash_excludes) {
  EXPECT_THAT(rows("hat OR shorts "), ElementsAre(1, 3));
  EXPECT_THAT(rows("red OR blue running "), ElementsAre(0, 1, 2));
  EXPECT_THAT(rows("running -red"), ElementsAre(1));
  EXPECT_THAT(rows("running -\"red shoes\" "), ElementsAre(0, 1));
  EXPECT_THAT(rows("unknown OR hat "), ElementsAre(3));
  EXPECT_THAT(rows("hat or shorts "), IsEmpty()) << "or is a word like others";
}

TEST_F(TitleIndexTest, the_last_word_may_be_a_beginning_until_a_blank_ends_it) {
  EXPECT_THAT(rows("red sho"), ElementsAre(0, 2));
  EXPECT_THAT(rows("sho"), ElementsAre(0, 1, 2));
  EXPECT_THAT(rows("sho "), IsEmpty());
  EXPECT_THAT(rows("ru red "), IsEmpty()) << "only the last one";
}

TEST_F(TitleIndexTest, texts_without_blanks_are_found_by_any_part) {
  EXPECT_THAT(rows("运动鞋"), ElementsAre(4));
  EXPECT_THAT(rows("运动"), ElementsAre(4, 5));
  EXPECT_THAT(rows("鞋"), ElementsAre(4));
  EXPECT_THAT(rows("鞋 红色"), ElementsAre(4));
  EXPECT_THAT(rows("动"), ElementsAre(4, 5));
  EXPECT_THAT(rows("色动"), IsEmpty());
  EXPECT_THAT(rows("运动服nike"), ElementsAre(5)) << "where letters change, a blank is as good as none";
  EXPECT_THAT(rows("\"运动服 nike\""), ElementsAre(5));
  EXPECT_THAT(rows("运动 nike"), ElementsAre(5));
}

TEST_F(TitleIndexTest, covers_more_of_a_short_title) {
  const auto matches = index_.publish().search(parse_title_query("blue "));
  ASSERT_EQ(matches.size(), 2U);
  for (const TitleMatch& match : matches) EXPECT_FLOAT_EQ(match.covered, match.row == 3 ? 1.0F / 2 : 1.0F / 3);
}

TEST_F(TitleIndexTest, a_new_title_replaces_the_old_one_and_snapshots_stay) {
  const TitleSnapshot before = index_.publish();
  index_.set(3, "Green cap");
  EXPECT_THAT(rows("hat "), IsEmpty());
  EXPECT_THAT(rows("green "), ElementsAre(3));
  EXPECT_EQ(before.search(parse_title_query("hat ")).size(), 1U);
  EXPECT_TRUE(before.search(parse_title_query("green ")).empty());
  EXPECT_TRUE(TitleSnapshot().search(parse_title_query("hat ")).empty());
}

TEST_F(TitleIndexTest, tells_whether_a_row_has_what_must_not_be_there) {
  const TitleSnapshot titles = index_.publish();
  EXPECT_FALSE(titles.has_none(0, parse_title_query("-red")));
  EXPECT_TRUE(titles.has_none(1, parse_title_query("-red")));
  EXPECT_TRUE(titles.has_none(100, parse_title_query("-red"))) << "a row without a title";
}

// Against looking at every title word by word.
TEST(TitleIndex, finds_what_a_plain_scan_finds) {
  constexpr std::uint32_t kRows = 400;
  const std::vector<std::string> vocabulary = {"red", "blue", "shoe", "shoes", "hat", "run", "runner", "x"};
  std::mt19937 random(7);
  const auto word = [&] { return vocabulary[random() % vocabulary.size()]; };
  std::vector<std::vector<std::string>> titles(kRows);
  TitleIndex index;
  for (int change = 0; change < 1500; ++change) {
    const std::uint32_t row = random() % kRows;
    titles[row].clear();
    std::string text;
    for (std::size_t n = random() % 5; n > 0; --n) titles[row].push_back(word());
    for (const auto& part : titles[row]) text += part + " ";
    index.set(row, text);
  }
  const TitleSnapshot snapshot = index.publish();
  for (int query = 0; query < 300; ++query) {
    const std::string a = word();
    const std::string b = word();
    const std::string none = word();
    const std::string last = word().substr(0, 2);
    std::vector<std::uint32_t> expected;
    for (std::uint32_t row = 0; row < kRows; ++row) {
      const auto& title = titles[row];
      const auto has = [&](const std::string& w) { return std::ranges::find(title, w) != title.end(); };
      const bool begins = std::ranges::any_of(title, [&](const std::string& w) { return w.starts_with(last); });
      if ((has(a) || has(b)) && !has(none) && begins) expected.push_back(row);
    }
    std::vector<std::uint32_t> found;
    for (const auto& match : snapshot.search(parse_title_query(a + " OR " + b + " -" + none + " " + last))) {
      found.push_back(match.row);
    }
    std::ranges::sort(found);
    EXPECT_EQ(found, expected) << a << " OR " << b << " -" << none << " " << last;
  }
}

TEST(TitleQuery, whatever_is_typed_means_something) {
  EXPECT_THAT(parse_title_query("").all_of, IsEmpty());
  EXPECT_THAT(parse_title_query(" - \"\" -\"\" ,").all_of, IsEmpty());
  EXPECT_EQ(parse_title_query("OR a ").all_of.size(), 1U);
  EXPECT_EQ(parse_title_query("a OR").all_of.size(), 2U) << "a last OR may be the beginning of a word";
  EXPECT_EQ(parse_title_query("t-shirt ").all_of[0][0].words, (std::vector<std::string>{"t", "shirt"}));
  EXPECT_EQ(parse_title_query("a \"b c\"d ").all_of.size(), 3U);
  std::string many;
  for (int i = 0; i < 100; ++i) many += "w ";
  EXPECT_EQ(parse_title_query(many).all_of.size(), kMaxTerms);
}

TEST(TitleIndex, a_search_over_too_many_rows_keeps_to_its_bound) {
  TitleIndex index;
  for (std::uint32_t row = 0; row < 2 * kMaxExamined; ++row) index.set(row, "shoe");
  const auto matches = index.publish().search(parse_title_query("shoe "));
  EXPECT_EQ(matches.size(), kMaxExamined);
  EXPECT_EQ(matches.back().row, 2 * kMaxExamined - 1) << "the newest";
}

}  // namespace
}  // namespace inkling::index
