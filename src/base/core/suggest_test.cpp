#include "base/core/suggest.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace inkling::base {
namespace {

constexpr std::array<std::string_view, 4> kActions = {"click", "favourite", "cart_add", "cart_remove"};

TEST(Suggest, finds_the_nearest_choice) {
  EXPECT_EQ(nearest("clik", kActions), "click");
  EXPECT_EQ(nearest("cilck", kActions), "click");
  EXPECT_EQ(nearest("CLICK", kActions), "click");
  EXPECT_EQ(nearest("favorite", kActions), "favourite");
  EXPECT_EQ(nearest("cart_ad", kActions), "cart_add");
}

TEST(Suggest, stays_silent_when_nothing_resembles) {
  EXPECT_EQ(nearest("zzzzzz", kActions), "");
  EXPECT_EQ(nearest("", kActions), "");
  EXPECT_EQ(nearest("clik", std::span<const std::string_view>()), "");
  constexpr std::array<std::string_view, 1> kShort = {"a"};
  EXPECT_EQ(nearest("b", kShort), "");
}

TEST(Suggest, makes_a_sentence) {
  EXPECT_EQ(expected_one_of("clik", kActions),
            "expected one of click, favourite, cart_add, cart_remove; did you mean click?");
  EXPECT_EQ(expected_one_of("zzzzzz", kActions), "expected one of click, favourite, cart_add, cart_remove");
  const std::vector<std::string> one = {"user"};
  EXPECT_EQ(expected_one_of("usr", one), "expected user; did you mean user?");
  EXPECT_EQ(expected_one_of("usr", std::span<const std::string>()), "none is known");
}

TEST(Suggest, cuts_long_lists_but_still_suggests_from_the_end) {
  std::vector<std::string> names;
  for (int i = 0; i < 100; ++i) names.push_back("column_number_" + std::to_string(i));
  const std::string text = expected_one_of("column_number_9x", names);
  EXPECT_NE(text.find("column_number_29 ... (100 in all)"), std::string::npos);
  EXPECT_EQ(text.find("column_number_30"), std::string::npos);
  EXPECT_NE(text.find("did you mean column_number_9?"), std::string::npos);
}

TEST(Suggest, bounds_its_work_on_long_input) {
  const std::string long_name(1'000'000, 'x');
  EXPECT_EQ(nearest(long_name, kActions), "");
}

}  // namespace
}  // namespace inkling::base
