#include "mining/gram_counts.h"

#include <gtest/gtest.h>

#include <map>

#include "base/core/random.h"

namespace inkling::mining {
namespace {

GramViews views(const GramCounts& counts) {
  return {counts.size, counts.letter, counts.count};
}

TEST(Gram, is_ordered_as_its_letters_are_and_gives_them_back) {
  const Gram gram = gram_of(u"一二三四五六七八");
  EXPECT_EQ(to_utf8(gram), "一二三四五六七") << "seven letters have room";
  EXPECT_EQ(gram.size(), kGramLetters);
  for (std::size_t size = 0; size <= kGramLetters; ++size) {
    EXPECT_EQ(gram.first(size), gram_of(std::u16string_view(u"一二三四五六七").substr(0, size)));
    EXPECT_EQ(gram.without_first(size), gram_of(std::u16string_view(u"一二三四五六七").substr(size)));
  }
  EXPECT_LT(gram_of(u"一"), gram_of(u"一一"));
  EXPECT_LT(gram_of(u"一丁"), gram_of(u"丁"));
  EXPECT_EQ(to_utf8(gram_of(u"aé修")), "aé修");
}

TEST(GramCounts, are_those_of_every_run_of_one_to_seven_letters) {
  base::Random random(5);
  GramCounter counter;
  std::map<std::u16string, std::uint32_t> expected;
  std::uint64_t letters = 0;
  for (int i = 0; i < 3000; ++i) {
    std::u16string run;
    for (std::uint64_t left = random.below(12); left > 0; --left)
      run += static_cast<char16_t>(u'一' + random.below(6));
    counter.take(run);
    letters += run.size();
    for (std::size_t at = 0; at < run.size(); ++at) {
      for (std::size_t size = 1; size <= kGramLetters && at + size <= run.size(); ++size)
        ++expected[run.substr(at, size)];
    }
  }
  EXPECT_EQ(counter.letters(), letters);
  constexpr std::uint32_t kFloor = 3;
  std::erase_if(expected, [](const auto& each) { return each.second < kFloor; });
  const GramCounts counts = counter.finish(kFloor);
  GramCursor cursor(views(counts));
  Gram before;
  auto next = expected.begin();
  while (cursor.next()) {
    ASSERT_NE(next, expected.end());
    EXPECT_LT(before, cursor.gram());
    EXPECT_EQ(cursor.gram(), gram_of(next->first));
    EXPECT_EQ(cursor.size(), next->first.size());
    EXPECT_EQ(cursor.count(), next->second);
    before = cursor.gram();
    ++next;
  }
  EXPECT_EQ(next, expected.end());
}

TEST(GramCounts, of_nothing_are_none_and_a_counter_begins_anew) {
  GramCounter counter;
  EXPECT_TRUE(counter.finish(1).size.empty());
  counter.take(u"修");
  EXPECT_EQ(counter.finish(1).size.size(), 1U);
  EXPECT_TRUE(counter.finish(1).size.empty());
  EXPECT_EQ(counter.letters(), 0U);
}

}  // namespace
}  // namespace inkling::mining
