#include "tag/surface_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tag/sample_graph.h"

namespace inkling::tag {
namespace {

TextColumns<OwnedColumn> columns_of(const std::set<std::string>& surfaces) {
  TextColumns<OwnedColumn> columns;
  columns.start.push_back(0);
  for (const std::string& surface : surfaces) {
    columns.bytes.insert(columns.bytes.end(), surface.begin(), surface.end());
    columns.start.push_back(static_cast<std::uint32_t>(columns.bytes.size()));
  }
  return columns;
}

std::optional<std::uint32_t> plain_longest(const std::vector<std::string>& surfaces, std::string_view text) {
  std::optional<std::uint32_t> longest;
  for (std::uint32_t i = 0; i < surfaces.size(); ++i) {
    if (text.starts_with(surfaces[i]) && (!longest || surfaces[i].size() > surfaces[*longest].size())) longest = i;
  }
  return longest;
}

TEST(SurfaceIndex, answers_as_a_plain_search_does) {
  base::Random random(2);
  for (int round = 0; round < 300; ++round) {
    std::set<std::string> set;
    for (std::uint64_t i = random.below(60); i > 0; --i) set.insert(sample::letters(random, 6));
    const std::vector<std::string> surfaces(set.begin(), set.end());
    const auto columns = columns_of(set);
    const SurfaceIndex index({columns.start, columns.bytes});
    for (int question = 0; question < 60; ++question) {
      std::string text = sample::letters(random, 9);
      if (random.chance(0.3) && !surfaces.empty()) text = surfaces[random.below(surfaces.size())] + text;
      const auto found = std::ranges::find(surfaces, text);
      const auto place = static_cast<std::uint32_t>(found - surfaces.begin());
      ASSERT_EQ(index.find(text), found == surfaces.end() ? std::nullopt : std::optional(place)) << text;
      ASSERT_EQ(index.longest_beginning(text), plain_longest(surfaces, text)) << text;
      text.resize(random.below(text.size()) + 1);  // inside a character, too
      ASSERT_EQ(index.longest_beginning(text), plain_longest(surfaces, text)) << text;
      const auto range = index.beginning_with(text);
      for (std::uint32_t i = 0; i < surfaces.size(); ++i) {
        ASSERT_EQ(i >= range.first && i < range.last, surfaces[i].starts_with(text)) << text;
      }
    }
  }
}

// Among so many, other surfaces of the same length and other heads stand under the same bits of a hash.
TEST(SurfaceIndex, is_not_taken_in_by_hashes_that_look_alike) {
  const auto name = [](int i) { return std::to_string(1'000'000 + i).substr(1) + "tag"; };
  std::set<std::string> set;
  for (int i = 0; i < 300'000; ++i) set.insert(name(3 * i));
  const auto columns = columns_of(set);
  const SurfaceIndex index({columns.start, columns.bytes});
  for (int i = 0; i < 900'000; ++i) {
    const std::string text = name(i);
    const auto expected = i % 3 == 0 ? std::optional(static_cast<std::uint32_t>(i / 3)) : std::nullopt;
    ASSERT_EQ(index.find(text), expected) << text;
    ASSERT_EQ(index.longest_beginning(text), expected) << text;
  }
}

TEST(SurfaceIndex, of_nothing_finds_nothing) {
  const SurfaceIndex none;
  EXPECT_FALSE(none.find("a") || none.longest_beginning("a"));
  const auto columns = columns_of({});
  const SurfaceIndex empty({columns.start, columns.bytes});
  EXPECT_FALSE(empty.find("") || empty.find("a") || empty.longest_beginning("ab"));
  EXPECT_EQ(empty.beginning_with("").last, 0U);
}

}  // namespace
}  // namespace inkling::tag
