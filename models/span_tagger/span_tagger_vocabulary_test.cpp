#include "models/span_tagger/span_tagger_vocabulary.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "models/span_tagger/span_tagger_chain.h"
#include "models/span_tagger/span_tagger_pairs.h"

namespace inkling::models::span_tagger {
namespace {

std::vector<base::CodePoint> split(std::string_view text) {
  std::vector<base::CodePoint> characters;
  Vocabulary::split(text, characters);
  return characters;
}

WordList list_of(const std::vector<std::tuple<const char*, std::uint32_t, std::uint32_t>>& words) {
  std::vector<WordList::Word> made;
  for (const auto& [word, type, texts] : words) made.push_back({word_hash(split(word)), type, texts});
  std::ranges::sort(made, {}, &WordList::Word::hash);
  return *WordList::make(made, 2);
}

std::vector<std::uint32_t> match(const WordList& list, std::string_view text,
                                 const std::vector<std::uint64_t>& own = {}) {
  const auto characters = split(text);
  std::vector<std::uint32_t> ids(characters.size() * kWordColumns);
  list.match(characters, own, ids, kWordColumns);
  return ids;
}

TEST(WordList, tells_tag_beginning_and_end_of_the_longest_word) {
  const WordList list = list_of({{"肩包", 0, 2}, {"双肩包", 1, 2}});
  const std::uint32_t no = kNoWord, type1 = kNoWord + 5;
  const std::uint32_t three = type1 + 2, two = kNoWord + 1 + 1;
  EXPECT_EQ(match(list, "双肩包x"), (std::vector<std::uint32_t>{type1, three, no,      //
                                                                type1 + 1, two, no,    //
                                                                type1 + 2, no, three,  //
                                                                no, no, no}));
}

TEST(WordList, hides_a_word_from_the_only_text_that_taught_it) {
  const WordList list = list_of({{"双肩包", 0, 1}, {"男", 0, 2}});
  const std::vector<std::uint64_t> own = [] {
    std::vector<std::uint64_t> hashes = {word_hash(split("双肩包")), word_hash(split("男"))};
    std::ranges::sort(hashes);
    return hashes;
  }();
  const auto hidden = match(list, "男双肩包", own), seen = match(list, "男双肩包");
  EXPECT_NE(hidden[0], kNoWord);  // another text taught it too
  EXPECT_EQ(hidden[kWordColumns], kNoWord);
  EXPECT_NE(seen[kWordColumns], kNoWord);
}

TEST(WordList, refuses_hashes_out_of_order_and_types_it_does_not_have) {
  EXPECT_FALSE(WordList::make({{2, 0, 1}, {1, 0, 1}}, 1).ok());
  EXPECT_FALSE(WordList::make({{1, 3, 1}}, 3).ok());
}

TEST(Vocabulary, reads_plain_forms_neighbours_and_kinds) {
  Vocabulary known;
  known.characters = {U'a', U'味'};
  known.pairs = {pair_code(kEdge, U'a'), pair_code(U'a', U'味')};
  const auto characters = split("Ａ味!");
  std::vector<std::uint32_t> ids(characters.size() * known.columns());
  known.encode(characters, {}, ids);
  const std::uint32_t missing = 1;
  EXPECT_EQ(ids, (std::vector<std::uint32_t>{2, 2, 3, kFirstKnownId + 2,        //
                                             3, 3, missing, kFirstKnownId + 4,  //
                                             missing, missing, missing, kFirstKnownId + 3}));
}

TEST(Pairs, tell_side_distance_and_what_is_between) {
  const auto text = split("面，好吃。汤，贵");
  const PlacedSpan noodles{0, 1, 0}, good{2, 4, 1}, soup{5, 6, 0}, dear{7, 8, 1};
  const std::vector<PlacedSpan> all = {noodles, good, soup, dear};
  const auto near = pair_ids(text, all, noodles, good), far = pair_ids(text, all, noodles, dear),
             back = pair_ids(text, all, soup, good);
  EXPECT_EQ(near[1], kFirstKnownId + 1);
  EXPECT_EQ(near[2], kFirstKnownId);
  EXPECT_EQ(far[1], kFirstKnownId + 3);
  EXPECT_EQ(far[2], kFirstKnownId + 1);
  EXPECT_EQ(far[3], kFirstKnownId + 1);
  EXPECT_NE(near[0], back[0]);  // one character between both, but on the other side
  for (std::uint32_t gap = 0; gap < 60; ++gap) {
    const std::vector<base::CodePoint> blanks(64, {U' ', 0});
    const PlacedSpan behind{gap + 1, gap + 2, 1};
    EXPECT_LT(pair_ids(blanks, all, {0, 1, 0}, behind)[0], kFirstKnownId + kPairIds[0]);
    EXPECT_LT(pair_ids(blanks, all, behind, {0, 1, 0})[0], kFirstKnownId + kPairIds[0]);
  }
}

}  // namespace
}  // namespace inkling::models::span_tagger
