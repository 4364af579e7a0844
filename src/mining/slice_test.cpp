#include "mining/slice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "base/files.h"
#include "mining/posts_for_test.h"
#include "mining/sentences.h"

namespace inkling::mining {
namespace {

using artifact::TestFolder;

Slice written(const TestFolder& folder, std::string_view lines) {
  const auto file = folder.path() / "a.slice";
  const auto counted = count_slice(lines);
  if (!counted.ok() || !write_slice(file, *counted).ok()) std::abort();
  auto slice = Slice::open(file);
  if (!slice.ok()) std::abort();
  return *std::move(slice);
}

std::map<std::string, std::uint32_t> counts_of(const Slice& slice, std::string_view word) {
  std::map<std::string, std::uint32_t> counts;
  const SliceViews& columns = slice.columns();
  for (std::size_t i = 0; i < slice.words(); ++i) {
    if (slice.word(i) != word) continue;
    for (std::size_t at = columns.words.cell_start[i]; at < columns.words.cell_start[i + 1]; ++at) {
      const Cell cell = columns.words.cell[at];
      const std::string source(tag::kSourceNames[source_of(cell)]);
      counts[std::string(slice.industry(industry_of(cell))) + "/" + source] = columns.words.cell_count[at];
    }
  }
  return counts;
}

TEST(Slice, counts_words_by_industry_and_source) {
  const TestFolder folder;
  const Slice slice =
      written(folder, sample::line("空调维修, 空调", "title", "家电") + sample::line("空调", "review") +
                          sample::line("空调坏了", "title", "家电") + sample::line("wifi 24 a", "query"));
  EXPECT_EQ(slice.texts(), 4U);
  EXPECT_THAT(counts_of(slice, "空调"),
              testing::UnorderedElementsAre(testing::Pair("家电/title", 3), testing::Pair("/review", 1)));
  EXPECT_THAT(counts_of(slice, "wifi"), testing::ElementsAre(testing::Pair("/query", 1)));
  EXPECT_THAT(counts_of(slice, "24"), testing::IsEmpty());
  EXPECT_THAT(counts_of(slice, "a"), testing::IsEmpty());
  for (std::size_t i = 0; i < slice.words(); ++i) {
    EXPECT_TRUE(i == 0 || slice.word(i - 1) < slice.word(i));
    EXPECT_TRUE(slice.word(i) != "空调" || slice.columns().words.texts[i] == 3);
  }
}

TEST(Slice, tells_what_it_left_out_with_the_first_lines) {
  const TestFolder folder;
  std::string lines = "\n{\"text\": 1}\n" + sample::line("👍") + sample::line("修理") + sample::line("修理");
  lines += "{\"text\": \"\xD0\xDE\", \"source\": \"body\"}\n";
  for (int i = 0; i < 9; ++i) lines += sample::line("!!");
  const Slice slice = written(folder, lines);
  const Tally& tally = slice.tally();
  const auto count = [&](Skipped why) { return tally.skipped[static_cast<std::size_t>(why)]; };
  EXPECT_EQ(tally.lines, 15U);
  EXPECT_EQ(tally.counted, 1U);
  EXPECT_EQ(tally.bad, 1U);
  ASSERT_EQ(tally.bad_lines.size(), 1U);
  EXPECT_EQ(tally.bad_lines[0].line, 1U);
  EXPECT_EQ(count(Skipped::kEmpty), 1U);
  EXPECT_EQ(count(Skipped::kNoLetters), 10U);
  EXPECT_EQ(count(Skipped::kDuplicate), 1U);
  EXPECT_EQ(count(Skipped::kBadUtf8), 1U);
  EXPECT_EQ(tally.skipped_lines[static_cast<std::size_t>(Skipped::kNoLetters)].size(), kShownLines);
  EXPECT_EQ(tally.skipped_lines[static_cast<std::size_t>(Skipped::kDuplicate)][0].line, 4U);
  EXPECT_EQ(tally.skipped_lines[static_cast<std::size_t>(Skipped::kDuplicate)][0].excerpt, "修理");
}

TEST(Slice, shows_the_same_sentences_whatever_the_order_of_texts) {
  const TestFolder folder;
  std::vector<std::string> lines;
  base::Random random(3);
  for (int i = 0; i < 50; ++i) lines.push_back(sample::line(sample::letters(random, 5, 300) + ", 搬家。别的"));
  const auto sentences = [&] {
    std::string all;
    for (const std::string& line : lines) all += line;
    const Slice slice = written(folder, all);
    std::vector<std::string> shown;
    for (std::size_t i = 0; i < slice.words(); ++i) {
      if (slice.word(i) != "搬家") continue;
      for (std::size_t at = slice.columns().words.example_start[i]; at < slice.columns().words.example_start[i + 1];
           ++at)
        shown.emplace_back(slice.sentence(slice.columns().words.example(at)));
    }
    return shown;
  };
  const auto first = sentences();
  ASSERT_EQ(first.size(), tag::kMaxExamples);
  for (const std::string& sentence : first) EXPECT_THAT(sentence, testing::EndsWith("搬家。"));
  std::ranges::reverse(lines);
  EXPECT_EQ(sentences(), first);
}

TEST(Slice, is_refused_when_damaged) {
  const TestFolder folder;
  static_cast<void>(written(folder, sample::posts(1, 100)));
  const std::string file = (folder.path() / "a.slice").string();
  const std::string bytes = *base::read_file(file);
  for (const std::size_t at : {std::size_t{100}, bytes.size() / 2, bytes.size() - 2}) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    std::ofstream(file, std::ios::binary) << damaged;
    const auto slice = Slice::open(file);
    ASSERT_FALSE(slice.ok()) << at;
    EXPECT_EQ(slice.status().code(), base::ErrorCode::kCorrupt);
    EXPECT_THAT(slice.status().message(), testing::StartsWith(file));
  }
  std::ofstream(file, std::ios::binary) << bytes.substr(0, 40);
  EXPECT_FALSE(Slice::open(file).ok());
}

TEST(Slice, whose_columns_do_not_fit_is_refused_though_its_sums_are_right) {
  const TestFolder folder;
  const auto file = folder.path() / "a.slice";
  const auto refused = [&](auto spoil) {
    CountedSlice counted = *count_slice(sample::posts(1, 100));
    spoil(counted.counts);
    return write_slice(file, counted).ok() && Slice::open(file).status().code() == base::ErrorCode::kCorrupt;
  };
  EXPECT_FALSE(refused([](SliceCounts&) {}));
  EXPECT_TRUE(refused([](SliceCounts& counts) { counts.text_start[1] = 1'000'000; }));
  EXPECT_TRUE(refused([](SliceCounts& counts) { counts.text_cell[0] = 1'000'000; }));
  EXPECT_TRUE(refused([](SliceCounts& counts) { counts.words.cell.back() = 1'000'000; }));
  EXPECT_TRUE(refused([](SliceCounts& counts) { counts.words.example_bytes.back() = 0xFFFFFFFF; }));
  EXPECT_TRUE(refused([](SliceCounts& counts) { counts.grams.size[0] = 2; }));
  EXPECT_TRUE(refused([](SliceCounts& counts) { counts.words.texts.pop_back(); }));
  EXPECT_TRUE(refused([](SliceCounts& counts) { counts.gram_letters.clear(); }));
}

TEST(SliceKey, is_that_of_the_lines) {
  EXPECT_EQ(slice_key("a\n"), slice_key("a\n"));
  EXPECT_NE(slice_key("a\n"), slice_key("b\n"));
  EXPECT_NE(slice_key("a\n"), slice_key("a\n\n"));
}

TEST(Sentences, end_at_full_stops_and_at_commas_when_they_are_long) {
  std::vector<Sentence> found;
  const auto cut = [&](std::string_view text) {
    cut_sentences(text, found);
    std::vector<std::string> told;
    std::size_t at = 0;
    for (const Sentence& each : found) {
      EXPECT_EQ(each.begin, at);
      at = each.end;
      told.emplace_back(text.substr(each.begin, each.end - each.begin));
    }
    EXPECT_EQ(at, text.size());
    return told;
  };
  EXPECT_THAT(cut("好。真好! a, b?c"), testing::ElementsAre("好。", "真好!", " a, b?", "c"));
  EXPECT_THAT(cut(""), testing::IsEmpty());
  std::string long_text;
  for (int i = 0; i < 50; ++i) long_text += "修修,";
  EXPECT_THAT(cut(long_text), testing::Each(testing::SizeIs(testing::Le(tag::kMaxExampleBytes))));
  EXPECT_THAT(cut(long_text).front(), testing::EndsWith(","));
  EXPECT_THAT(cut(std::string(300, 'x')), testing::SizeIs(2));
}

}  // namespace
}  // namespace inkling::mining
