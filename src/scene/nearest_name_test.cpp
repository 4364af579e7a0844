#include "scene/nearest_name.h"

#include <gtest/gtest.h>

#include <array>

namespace inkling::scene {
namespace {

constexpr std::array<std::string_view, 3> kKnown = {"high", "low", "offer"};

TEST(NearestName, finds_slips_of_the_finger) {
  EXPECT_EQ(nearest_name("ofer", kKnown), "offer");
  EXPECT_EQ(nearest_name("offfer", kKnown), "offer");
  EXPECT_EQ(nearest_name("hihg", kKnown), "");  // two edits of four letters are too many
  EXPECT_EQ(nearest_name("lov", kKnown), "low");
}

TEST(NearestName, finds_nothing_for_other_words_and_endless_ones) {
  EXPECT_EQ(nearest_name("threshold", kKnown), "");
  EXPECT_EQ(nearest_name(std::string(100'000, 'x'), kKnown), "");
}

TEST(SuggestName, lists_all_when_none_is_near) {
  EXPECT_EQ(suggest_name("lov", kKnown), "nearest is \"low\"");
  EXPECT_EQ(suggest_name("threshold", kKnown), "known are high, low, offer");
  EXPECT_EQ(suggest_name("threshold", {}), "none is known");
}

}  // namespace
}  // namespace inkling::scene
