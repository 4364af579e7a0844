#include "state/interests.h"

#include <gtest/gtest.h>

#include "base/core/hash.h"
#include "state/event_samples.h"

namespace inkling::state {
namespace {

using domain::ActionKind;

domain::Event category_event(std::int64_t ts_ms, ActionKind kind, const std::string& leaf) {
  domain::Action action;
  action.action = kind;
  action.category = {"Top", leaf};
  return event_with(action, ts_ms);
}

TEST(Interests, fade_by_half_in_seven_days_before_they_grow) {
  ShopperState state;
  apply(state, category_event(0, ActionKind::kView, "Shoes"));
  apply(state, category_event(kInterestHalfLifeMs, ActionKind::kView, "Shoes"));
  ASSERT_EQ(state.interests.size(), 1u);
  EXPECT_EQ(state.interests[0].category, base::name_hash("Shoes"));
  EXPECT_DOUBLE_EQ(state.interests[0].weight, 1.5);
  EXPECT_EQ(state.interests[0].as_of_ms, kInterestHalfLifeMs);
}

TEST(Interests, purchases_weigh_more_than_views_and_skips_nothing) {
  ShopperState state;
  apply(state, category_event(0, ActionKind::kSkip, "Hats"));
  EXPECT_TRUE(state.interests.empty());
  apply(state, category_event(0, ActionKind::kView, "Shoes"));
  apply(state, category_event(0, ActionKind::kPurchase, "Coats"));
  EXPECT_GT(state.interests[1].weight, state.interests[0].weight);
}

TEST(Interests, faintest_gives_way_to_a_new_one) {
  ShopperState state;
  for (std::size_t i = 0; i < kInterests; ++i) {
    apply(state, category_event(1000, i == 5 ? ActionKind::kView : ActionKind::kFavourite, std::to_string(i)));
  }
  apply(state, category_event(1000, ActionKind::kView, "new"));
  ASSERT_EQ(state.interests.size(), kInterests);
  for (const auto& row : state.interests) EXPECT_NE(row.category, base::name_hash("5"));
  EXPECT_EQ(state.interests.back().category, base::name_hash("new"));
}

}  // namespace
}  // namespace inkling::state
