#include <gtest/gtest.h>

#include "state/event_samples.h"
#include "state/shopper_state.h"

namespace inkling::state {
namespace {

void tell(ShopperState& state, std::vector<domain::Attribute> attributes) {
  apply(state, {"", 1000, "shopper", "", domain::Profile{std::move(attributes)}, ""});
}

TEST(Profile, merges_key_by_key_and_forgets_emptied_keys) {
  ShopperState state;
  tell(state, {{"city", "Graz"}, {"tier", "gold"}});
  tell(state, {{"city", "Linz"}, {"tier", ""}, {"age", "30-39"}});
  const std::map<std::string, std::string, std::less<>> expected = {{"city", "Linz"}, {"age", "30-39"}};
  EXPECT_EQ(state.profile, expected);
}

TEST(Profile, leaves_out_what_does_not_fit) {
  ShopperState state;
  tell(state, {{"note", std::string(1000, 'n')}, {"city", std::string(40, 'c')}});
  EXPECT_EQ(state.profile.size(), 1u);
  tell(state, {{"note", std::string(kProfileBytes, 'n')}});
  EXPECT_TRUE(state.profile.empty()) << "the value that was replaced is stale";
}

TEST(Profile, holds_a_bounded_number_of_attributes) {
  ShopperState state;
  for (std::size_t i = 0; i < 2 * kProfileAttributes; ++i) tell(state, {{"fact" + std::to_string(100 + i), "x"}});
  EXPECT_EQ(state.profile.size(), kProfileAttributes);
  tell(state, {{"fact100", "y"}});
  EXPECT_EQ(state.profile.at("fact100"), "y");
}

}  // namespace
}  // namespace inkling::state
