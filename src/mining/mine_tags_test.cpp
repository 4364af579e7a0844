#include "mining/mine_tags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/files.h"
#include "mining/posts_for_test.h"
#include "tag/edits.h"
#include "tag/tag_package.h"

namespace inkling::mining {
namespace {

using artifact::TestFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

MiningOptions options_in(const TestFolder& folder, std::size_t threads = 1) {
  MiningOptions options;
  options.read.cache = folder.path() / "mining";
  options.read.threads = threads;
  options.words.threads = threads;
  return options;
}

Mined mined_from(const std::vector<std::string>& files, const MiningOptions& options) {
  auto mined = mine_tags(files, options);
  if (!mined.ok()) ADD_FAILURE() << mined.status().message();
  return mined.ok() ? *std::move(mined) : Mined();
}

// The graph's bytes.
std::string graph_of(const Mined& mined) {
  tag::TagGraphBuilder builder;
  const auto put = put_tags(mined.candidates, mined.tags, builder);
  EXPECT_TRUE(put.ok()) << put.message();
  const auto tensors = tag::tag_tensors(*builder.arrays());
  const auto bytes = *tensors->bytes();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// The industries that a tag is found in, "" for a general one.
std::vector<std::string> industries_of(const Mined& mined, std::string_view name) {
  std::vector<std::string> industries;
  for (const MinedTag& tag : mined.tags.tags) {
    if (tag.name == name) industries.push_back(mined.candidates.industries[tag.industry]);
  }
  return industries;
}

const MinedTag* tag_of(const Mined& mined, std::string_view name) {
  const auto found = std::ranges::find(mined.tags.tags, name, &MinedTag::name);
  return found == mined.tags.tags.end() ? nullptr : &*found;
}

std::vector<std::string> novel_words(const Mined& mined) {
  std::vector<std::string> words;
  for (const Candidate& word : mined.candidates.words) {
    if (word.novel.has_value()) words.push_back(word.word);
  }
  return words;
}

TEST(MineTags, finds_planted_words_their_industries_and_no_pieces_of_them) {
  const TestFolder folder;
  const auto file = sample::write(folder.path() / "a.jsonl", sample::posts(1, 3000));
  const Mined mined = mined_from({file}, options_in(folder));
  EXPECT_THAT(novel_words(mined), testing::IsSupersetOf({"惠邻宝", "楫运邦", "焓擎检"}));
  for (const std::string& word : novel_words(mined)) {
    for (const char* piece : {"惠邻", "邻宝", "楫运", "运邦", "焓擎", "擎检"}) EXPECT_NE(word, piece);
  }
  EXPECT_THAT(industries_of(mined, "焓擎检"), ElementsAre("家电"));
  EXPECT_THAT(industries_of(mined, "楫运邦"), ElementsAre("搬家"));
  EXPECT_THAT(industries_of(mined, "惠邻宝"), ElementsAre(""));
}

TEST(MineTags, counts_a_new_word_exactly_by_source) {
  const TestFolder folder;
  const std::string lines = sample::posts(1, 3000);
  const Mined mined = mined_from({sample::write(folder.path() / "a.jsonl", lines)}, options_in(folder));
  const MinedTag* tag = tag_of(mined, "焓擎检");
  ASSERT_NE(tag, nullptr);
  std::uint64_t titles = 0, reviews = 0;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = lines.find('\n', at);
    const std::string line = lines.substr(at, end - at);
    if (line.find("焓擎检") != std::string::npos) ++(line.find("title") != std::string::npos ? titles : reviews);
    at = end + 1;
  }
  EXPECT_EQ(tag->by_source[0], titles);
  EXPECT_EQ(tag->by_source[2], reviews);
  EXPECT_EQ(tag->count, titles + reviews);
  ASSERT_EQ(tag->examples.size(), tag::kMaxExamples);
  for (const std::string& example : tag->examples) EXPECT_THAT(example, HasSubstr("焓擎检"));
  EXPECT_GT(mined.candidates.words[tag->candidate].novel->cohesion, 0.8);
}

// Runs of letters are counted a slice at a time; five of them, as pairs leave one over.
TEST(MineTags, counts_a_run_of_letters_over_all_slices) {
  const TestFolder folder;
  std::vector<std::string> files;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto file = folder.path() / (std::to_string(seed) + ".jsonl");
    files.push_back(sample::write(file, sample::posts(seed, 600)));
  }
  const Mined mined = mined_from(files, options_in(folder));
  ASSERT_EQ(mined.read.slices.size(), 5U);
  for (const std::string word : {"惠邻宝", "楫运邦", "焓擎检"}) {
    const auto [first, last] = std::ranges::equal_range(mined.candidates.words, word, {}, &Candidate::word);
    ASSERT_EQ(last - first, 1) << word;
    ASSERT_TRUE(first->novel.has_value()) << word;
    EXPECT_EQ(first->novel->count, first->count) << word;
  }
}

TEST(MineTags, splits_a_word_that_means_several_things) {
  const TestFolder folder;
  std::string lines;
  base::Random random(2);
  for (int i = 0; i < 3000; ++i) {
    const auto which = random.below(6);
    const std::string some = sample::letters(random, 4, 400), more = sample::letters(random, 4, 400);
    const std::string industry = "行业" + std::to_string(which);
    // The card is two things, the couch is one.
    if (which == 0) lines += sample::line(some + "延保小蓝卡凭证, 家用懒沙发清洗" + more, "body", industry);
    if (which == 1) lines += sample::line(some + "学时小蓝卡课包, 家用懒沙发清洗" + more, "body", industry);
    if (which > 1) lines += sample::line(some + more, "body", industry);
  }
  const Mined mined = mined_from({sample::write(folder.path() / "a.jsonl", lines)}, [&] {
    MiningOptions options = options_in(folder);
    options.words.min_entropy_bits = 0.9;  // two neighbours each
    return options;
  }());
  EXPECT_THAT(industries_of(mined, "小蓝卡"), UnorderedElementsAre("行业0", "行业1"));
  for (const MinedTag& tag : mined.tags.tags) {
    if (tag.name != "小蓝卡") continue;
    for (const std::string& example : tag.examples) {
      EXPECT_THAT(example, HasSubstr(mined.candidates.industries[tag.industry] == "行业0" ? "延保" : "学时"));
    }
  }
  const MinedTag* couch = tag_of(mined, "沙发");
  ASSERT_NE(couch, nullptr);
  EXPECT_EQ(couch->industry, 0U);
  EXPECT_EQ(couch->categories.size(), 2U);
}

TEST(MineTags, takes_synonyms_stop_words_and_variants) {
  const TestFolder folder;
  base::Random random(4);
  std::string lines;
  for (int i = 0; i < 2000; ++i) {
    lines += sample::line(sample::letters(random, 6, 300) + ", 快递 apartment 速速" +
                          (random.chance(0.1) ? ", 包裹 apartmant" : "") + sample::letters(random, 4, 300));
  }
  MiningOptions options = options_in(folder);
  options.tags.max_texts_share = 1;
  options.tags.stop_words = *parse_stop_words("速速", "stop");
  options.tags.synonyms = *parse_synonyms("Express = 快递, 包裹", "same");
  const Mined mined = mined_from({sample::write(folder.path() / "a.jsonl", lines)}, options);
  const MinedTag* express = tag_of(mined, "Express");
  ASSERT_NE(express, nullptr);
  EXPECT_THAT(express->variants, UnorderedElementsAre("快递", "包裹"));
  EXPECT_GT(express->count, 2000U);
  EXPECT_EQ(tag_of(mined, "快递"), nullptr);
  EXPECT_EQ(tag_of(mined, "速速"), nullptr);
  const MinedTag* flat = tag_of(mined, "apartment");
  ASSERT_NE(flat, nullptr);
  EXPECT_THAT(flat->variants, ElementsAre("apartmant"));
  EXPECT_GE(mined.tags.dropped[static_cast<std::size_t>(Dropped::kVariant)], 2U);
}

TEST(MineTags, gives_the_same_bytes_whatever_threads_order_of_files_and_interruptions) {
  const TestFolder first, second, third;
  std::vector<std::string> files;
  for (int i = 0; i < 5; ++i) {
    files.push_back(sample::write(first.path() / (std::to_string(i) + ".jsonl"), sample::posts(10 + i, 800)));
  }
  const std::string graph = graph_of(mined_from(files, options_in(first)));
  EXPECT_GT(graph.size(), 2000U);
  std::vector<std::string> turned(files.rbegin(), files.rend());
  EXPECT_EQ(graph_of(mined_from(turned, options_in(second, 3))), graph);
  // Stopped after its first slice, then asked again.
  std::atomic<bool> stop = true;
  MiningOptions options = options_in(third, 2);
  options.read.stop = &stop;
  const auto stopped = mine_tags(files, options);
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.status().code(), base::ErrorCode::kUnavailable);
  stop = false;
  const Mined resumed = mined_from(files, options);
  EXPECT_EQ(resumed.read.counted, 4U) << "one was counted before";
  EXPECT_EQ(graph_of(resumed), graph);
}

TEST(MineTags, counts_only_what_is_new_of_a_days_increment) {
  const TestFolder folder, whole;
  std::vector<std::string> files = {sample::write(folder.path() / "1.jsonl", sample::posts(1, 800)),
                                    sample::write(folder.path() / "2.jsonl", sample::posts(2, 800))};
  static_cast<void>(mined_from(files, options_in(folder)));
  files.push_back(sample::write(folder.path() / "3.jsonl", sample::posts(3, 800)));
  const Mined grown = mined_from(files, options_in(folder));
  EXPECT_EQ(grown.read.counted, 1U);
  EXPECT_EQ(grown.read.slices.size(), 3U);
  EXPECT_EQ(graph_of(grown), graph_of(mined_from(files, options_in(whole, 2))));
  const Mined again = mined_from(files, options_in(folder));
  EXPECT_EQ(again.read.counted, 0U);
}

TEST(MineTags, gives_the_same_bytes_with_what_was_kept_of_other_words) {
  const TestFolder folder, fresh;
  std::string lines = sample::posts(1, 800);
  base::Random random(5);
  for (int i = 0; i < 40; ++i) {
    lines += sample::line(sample::letters(random, 5, 400) + "钛舱门" + sample::letters(random, 5, 400), "title");
  }
  const std::vector<std::string> files = {sample::write(folder.path() / "1.jsonl", lines),
                                          sample::write(folder.path() / "2.jsonl", sample::posts(2, 800))};
  MiningOptions strict = options_in(folder, 2);
  strict.words.min_count = 60;
  const Mined few = mined_from(files, strict);
  EXPECT_EQ(tag_of(few, "钛舱门"), nullptr);
  const Mined more = mined_from(files, options_in(folder, 2));
  ASSERT_NE(tag_of(more, "钛舱门"), nullptr);
  EXPECT_EQ(graph_of(more), graph_of(mined_from(files, options_in(fresh))));
  EXPECT_EQ(graph_of(mined_from(files, strict)), graph_of(few)) << "with more kept than asked for";
}

// As a file that lies there since yesterday.
MiningOptions remembering(const TestFolder& folder) {
  MiningOptions options = options_in(folder, 2);
  options.read.settled = std::chrono::nanoseconds(0);
  return options;
}

TEST(MineTags, reads_a_file_that_did_not_change_once) {
  const TestFolder folder;
  const auto kept = sample::write(folder.path() / "kept.jsonl", sample::posts(1, 300));
  const auto changed = sample::write(folder.path() / "changed.jsonl", sample::posts(2, 300));
  const Mined first = mined_from({kept, changed}, remembering(folder));
  EXPECT_EQ(first.read.unchanged, 0U);
  const Mined again = mined_from({kept, changed}, remembering(folder));
  EXPECT_EQ(again.read.unchanged, 2U);
  EXPECT_EQ(graph_of(again), graph_of(first));
  // As long as before, and as old by the time that anybody can set.
  const auto time = std::filesystem::last_write_time(changed);
  std::string other = sample::posts(2, 300);
  other.replace(other.find("空调维修"), std::string_view("空调维修").size(), "空调清洗");
  sample::write(changed, other);
  std::filesystem::last_write_time(changed, time);
  const Mined news = mined_from({kept, changed}, remembering(folder));
  EXPECT_EQ(news.read.unchanged, 1U);
  EXPECT_EQ(news.read.counted, 1U);
  EXPECT_EQ(news.read.places[1].file, changed);
}

TEST(MineTags, reads_a_file_again_that_had_just_changed) {
  const TestFolder folder;
  const auto file = sample::write(folder.path() / "a.jsonl", sample::posts(1, 300));
  MiningOptions options = remembering(folder);
  options.read.settled = std::chrono::hours(1);
  EXPECT_EQ(mined_from({file}, options).read.unchanged, 0U);
  EXPECT_EQ(mined_from({file}, options).read.unchanged, 0U);
}

TEST(MineTags, reads_files_again_when_what_it_remembers_does_not_hold) {
  const TestFolder folder;
  const auto file = sample::write(folder.path() / "a.jsonl", sample::posts(1, 300));
  const std::filesystem::path memory = folder.path() / "mining" / "files.json";
  const std::string graph = graph_of(mined_from({file}, remembering(folder)));
  const std::string told = *base::read_file(memory.string());
  const auto key = told.substr(told.find("\"rules\""), 12);
  for (const std::string& broken : {std::string("{"), std::string("[]"), told.substr(0, told.size() / 2),
                                    std::string(told).replace(told.find(key), key.size(), "\"rules\":\"-f0")}) {
    sample::write(memory, broken);
    const Mined again = mined_from({file}, remembering(folder));
    EXPECT_EQ(again.read.unchanged, 0U) << broken;
    EXPECT_EQ(graph_of(again), graph);
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "mining")) {
    if (entry.path().extension() == ".slice") std::filesystem::remove(entry.path());
  }
  const Mined anew = mined_from({file}, remembering(folder));
  EXPECT_EQ(anew.read.unchanged, 0U);
  EXPECT_EQ(anew.read.counted, 1U);
  EXPECT_EQ(graph_of(anew), graph);
}

TEST(MineTags, leaves_the_very_same_lines_out_that_stand_in_two_files) {
  const TestFolder folder, alone;
  const std::string lines = sample::posts(1, 800);
  const auto one = sample::write(folder.path() / "1.jsonl", lines),
             same = sample::write(folder.path() / "2.jsonl", lines);
  const Mined mined = mined_from({one, same, one}, options_in(folder, 3));
  EXPECT_EQ(mined.read.slices.size(), 1U);
  EXPECT_EQ(mined.read.repeated, 2U);
  EXPECT_EQ(graph_of(mined), graph_of(mined_from({one}, options_in(alone))));
}

TEST(MineTags, refuses_bad_lines_beyond_the_limit_with_file_and_line) {
  const TestFolder folder;
  const auto good = sample::write(folder.path() / "1.jsonl", sample::posts(1, 50));
  const auto bad = sample::write(folder.path() / "2.jsonl",
                                 sample::posts(2, 2) + R"({"text": "修", "source": "titel"})" + "\nnothing\n");
  MiningOptions options = options_in(folder);
  const auto refused = mine_tags({good, bad}, options);
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.status().message(), testing::StartsWith(bad + ":3: source: \"titel\" is not known"));
  options.read.limit.count = 1;
  EXPECT_THAT(mine_tags({good, bad}, options).status().message(), HasSubstr("2 bad lines so far; 1"));
  options.read.limit.count = 2;
  EXPECT_TRUE(mine_tags({good, bad}, options).ok());
  EXPECT_EQ(mine_tags({(folder.path() / "none").string()}, options).status().code(), base::ErrorCode::kNotFound);
}

TEST(MineTags, of_nothing_are_none) {
  const TestFolder folder;
  const Mined mined = mined_from({sample::write(folder.path() / "a.jsonl", "")}, options_in(folder));
  EXPECT_THAT(mined.tags.tags, IsEmpty());
  const Mined empty = mined_from({sample::write(folder.path() / "b.jsonl", "\n\n")}, options_in(folder));
  EXPECT_THAT(empty.tags.tags, IsEmpty());
  EXPECT_EQ(empty.read.slices.at(0).tally().skipped[static_cast<std::size_t>(Skipped::kEmpty)], 2U);
}

TEST(MineTags, takes_an_editors_decisions_again) {
  const TestFolder folder;
  const auto file = sample::write(folder.path() / "a.jsonl", sample::posts(1, 3000));
  const Mined mined = mined_from({file}, options_in(folder));
  tag::TagGraphBuilder builder;
  ASSERT_TRUE(put_tags(mined.candidates, mined.tags, builder).ok());
  const auto edits = tag::read_edits(
      R"({"edit": "ban", "at_ms": 1, "who": "li", "why": "no tag", "name": "焓擎检", "industry": "家电"})"
      "\n"
      R"({"edit": "ban", "at_ms": 2, "who": "li", "why": "gone", "name": "没有的词"})",
      "edits.jsonl");
  ASSERT_TRUE(edits.ok()) << edits.status().message();
  const tag::EditReport report = tag::apply_edits(builder, *edits);
  EXPECT_EQ(report.applied, 1U);
  EXPECT_EQ(report.unfit.size(), 1U);
  EXPECT_FALSE(builder.find({tag::NodeKind::kTag, "焓擎检", "家电"}).ok());
}

}  // namespace
}  // namespace inkling::mining
