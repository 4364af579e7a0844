#include "tag/extractor.h"

#include <gtest/gtest.h>

#include "base/core/allocation_count_test.h"
#include "tag/sample_graph.h"
#include "text/letter_kind.h"

namespace inkling::tag {
namespace {

using sample::must;

std::vector<std::string> found_in(const TagGraph& graph, std::string_view text, std::uint32_t industry = kNoRow,
                                  Sought sought = Sought::kTags) {
  Extractor extractor;
  std::vector<std::string> parts;
  for (const TagMatch& match : extractor.extract(graph, text, industry, sought)) {
    parts.emplace_back(text.substr(match.begin, match.end - match.begin));
  }
  return parts;
}

using Parts = std::vector<std::string>;

TEST(Extractor, finds_tags_where_people_wrote_them) {
  const TagGraph graph = sample::graph();
  EXPECT_EQ(found_in(graph, "专业ＷＩＦＩ 维修,快速上门!"), (Parts{"ＷＩＦＩ 维修", "快速上门"}));
  EXPECT_EQ(found_in(graph, "无线网络维修"), Parts{"无线网络维修"});
  EXPECT_EQ(found_in(graph, ""), Parts{});
  EXPECT_EQ(found_in(graph, "\xFF快速上门\xE5"), Parts{"快速上门"});
}

TEST(Extractor, takes_words_of_scripts_with_blanks_only_whole) {
  const TagGraph graph = sample::graph();
  EXPECT_EQ(found_in(graph, "Cat, 猫cat猫 CAT"), (Parts{"Cat", "cat", "CAT"}));
  EXPECT_EQ(found_in(graph, "catalogue bobcat cat7 cat\u0308"), Parts{});
  EXPECT_EQ(found_in(graph, "xwifi维修"), Parts{});
}

TEST(Extractor, prefers_the_industry_and_skips_what_is_only_anothers) {
  const TagGraph graph = sample::graph();
  const std::uint32_t moving = sample::row(graph, NodeKind::kCategory, "搬家");
  Extractor extractor;
  const auto matches = extractor.extract(graph, "上门快", moving);
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches[0].row, sample::row(graph, NodeKind::kTag, "快速上门", "搬家"));
  EXPECT_EQ(found_in(graph, "wifi维修", moving), Parts{});
}

TEST(Extractor, categories_and_needs_hide_no_tags_of_the_same_words) {
  TagGraphBuilder builder = sample::builder();
  must(builder.add({NodeKind::kTag, "开锁", "家电维修"}));
  must(builder.add({NodeKind::kCategory, "开锁快速上门", ""}));
  must(builder.add({NodeKind::kNeed, "开锁", ""}));
  must(builder.add({NodeKind::kNeed, "快速上门cat", ""}));
  const TagGraph graph = must(TagGraph::make(must(builder.arrays())));
  EXPECT_EQ(found_in(graph, "开锁快速上门cat"), (Parts{"开锁", "快速上门", "cat"}));
  EXPECT_EQ(found_in(graph, "开锁", sample::row(graph, NodeKind::kCategory, "搬家")), Parts{});
  EXPECT_EQ(found_in(graph, "急开锁快速上门cat", kNoRow, Sought::kAnything), (Parts{"开锁快速上门", "cat"}));
}

std::optional<std::uint32_t> plain_tag(const TagGraph& graph, std::uint32_t surface, std::uint32_t industry) {
  std::optional<std::uint32_t> any;
  for (const std::uint32_t wanted : {industry, kNoRow}) {
    for (const std::uint32_t row : graph.meanings(surface)) {
      const NodeFacts facts = graph.facts(row);
      if (facts.kind != NodeKind::kTag) continue;
      if (facts.industry == wanted) return row;
      if (!any) any = row;
    }
  }
  return industry == kNoRow ? any : std::nullopt;
}

// All that extract() says, tried out one by one.
std::vector<TagMatch> plain_extract(const TagGraph& graph, std::string_view source, std::uint32_t industry) {
  text::NormalText form;
  form.assign(source);
  const std::string_view text = form.text();
  const auto is_border = [&](std::size_t at) {
    if (at == 0 || at == text.size()) return true;
    if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) return false;
    std::size_t before = at - 1;
    while ((static_cast<unsigned char>(text[before]) & 0xC0) == 0x80) --before;
    return !(text::joins_words(text::first_letter(text.substr(before)).code) &&
             text::joins_words(text::first_letter(text.substr(at)).code));
  };
  std::vector<TagMatch> matches;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = text.size();
    for (; end > begin; --end) {
      if (!is_border(begin) || !is_border(end)) continue;
      std::uint32_t surface = 0;
      while (surface < graph.surfaces() && graph.surface(surface) != text.substr(begin, end - begin)) ++surface;
      if (surface == graph.surfaces()) continue;
      const auto row = plain_tag(graph, surface, industry);
      if (!row) continue;
      matches.push_back({static_cast<std::uint32_t>(form.source_begin(begin)),
                         static_cast<std::uint32_t>(form.source_end(end)), *row, surface});
      break;
    }
    begin = std::max(end, begin + 1);
  }
  return matches;
}

TagGraph some_graph(base::Random& random) {
  TagGraphBuilder builder;
  must(builder.add({NodeKind::kCategory, "x", ""}));
  must(builder.add({NodeKind::kCategory, "y", ""}));
  for (std::uint64_t i = random.below(40); i > 0; --i) {
    const char* industries[] = {"", "x", "y"};
    std::string name = sample::letters(random, 5);
    if (random.chance(0.2)) name += " " + sample::letters(random, 2);
    const auto node = must(builder.add({NodeKind::kTag, name, industries[random.below(3)]}));
    if (random.chance(0.3)) must(builder.add_variant(node, sample::letters(random, 3)));
  }
  return must(TagGraph::make(must(builder.arrays())));
}

TEST(Extractor, answers_as_a_plain_search_does) {
  base::Random random(4);
  Extractor extractor;
  std::size_t found = 0;
  for (int round = 0; round < 300; ++round) {
    const TagGraph graph = some_graph(random);
    for (int i = 0; i < 20; ++i) {
      std::string text = sample::letters(random, 20);
      for (const char* extra : {" ", "Ａ", "!!", "ﬁ", "\xE5"}) {
        if (random.chance(0.3)) text += extra + sample::letters(random, 8);
      }
      const auto industry = random.chance(0.5) ? kNoRow : *graph.find("x", kNoRow);
      const auto matches = extractor.extract(graph, text, industry);
      const auto expected = plain_extract(graph, text, industry);
      ASSERT_TRUE(std::ranges::equal(matches, expected)) << text;
      found += matches.size();
    }
  }
  EXPECT_GT(found, 10'000U) << "nothing found shows nothing";
}

TEST(Extractor, allocates_nothing_from_the_second_call_on) {
  const TagGraph graph = sample::graph();
  std::string text;
  for (int i = 0; i < 10; ++i) text += "专业ＷＩＦＩ 维修, 快速上门!! café";
  Extractor extractor;
  const std::size_t expected = extractor.extract(graph, text, kNoRow).size();
  const std::size_t before = base::allocations;
  for (int i = 0; i < 10; ++i) ASSERT_EQ(extractor.extract(graph, text, kNoRow).size(), expected);
  EXPECT_EQ(base::allocations, before);
  EXPECT_EQ(expected, 20U);
}

}  // namespace
}  // namespace inkling::tag
