#include <gtest/gtest.h>

#include <cmath>

#include "base/core/clock.h"
#include "state/event_samples.h"
#include "state/shopper_state.h"

namespace inkling::state {
namespace {

using domain::ActionKind;

const GroupStatistics& group(const ShopperState& state, ActionGroup which) {
  return state.groups[static_cast<std::size_t>(which)];
}

TEST(Statistics, decayed_counts_equal_the_sum_over_all_actions) {
  base::Random random(7);
  ShopperState state;
  std::vector<std::int64_t> times;
  std::int64_t now_ms = 1'700'000'000'000;
  for (int i = 0; i < 500; ++i) {
    now_ms += static_cast<std::int64_t>(random.exponential(3'000'000));
    times.push_back(now_ms);
    apply(state, action_event(now_ms, ActionKind::kView, "a"));
  }
  now_ms += 12'345'678;
  for (std::size_t h = 0; h < kHalfLivesMs.size(); ++h) {
    double expected = 0;
    for (const std::int64_t ts_ms : times) {
      expected += std::pow(0.5, static_cast<double>(now_ms - ts_ms) / static_cast<double>(kHalfLivesMs[h]));
    }
    EXPECT_NEAR(group(state, ActionGroup::kView).decayed_at(h, now_ms), expected, 1e-9) << kHalfLifeNames[h];
  }
  EXPECT_EQ(group(state, ActionGroup::kView).total, 500u);
}

TEST(Statistics, count_halves_after_one_half_life) {
  ShopperState state;
  apply(state, action_event(1000, ActionKind::kFavourite, "a"));
  for (std::size_t h = 0; h < kHalfLivesMs.size(); ++h) {
    EXPECT_DOUBLE_EQ(group(state, ActionGroup::kFavourite).decayed_at(h, 1000 + kHalfLivesMs[h]), 0.5);
  }
}

TEST(Statistics, group_counts_its_active_days_and_last_time) {
  ShopperState state;
  for (const std::int64_t ts_ms : {10L, 20L, base::kDayMs, 3 * base::kDayMs + 4}) {
    apply(state, action_event(ts_ms, ActionKind::kSearch));
  }
  EXPECT_EQ(group(state, ActionGroup::kSearch).active_days, 3u);
  EXPECT_EQ(group(state, ActionGroup::kSearch).last_ms, 3 * base::kDayMs + 4);
  EXPECT_EQ(group(state, ActionGroup::kView).last_ms, -1);
}

TEST(Statistics, actions_fall_into_the_agreed_groups) {
  const auto name = [](ActionKind kind) {
    const std::size_t index = action_group(kind);
    return index == kActionGroupCount ? std::string("none") : std::string(kActionGroupNames[index]);
  };
  EXPECT_EQ(name(ActionKind::kView), "view");
  EXPECT_EQ(name(ActionKind::kClick), "view");
  EXPECT_EQ(name(ActionKind::kPageEnter), "view");
  EXPECT_EQ(name(ActionKind::kSearch), "search");
  EXPECT_EQ(name(ActionKind::kFilter), "search");
  EXPECT_EQ(name(ActionKind::kTagPick), "search");
  EXPECT_EQ(name(ActionKind::kFavourite), "favourite");
  EXPECT_EQ(name(ActionKind::kCartAdd), "cart_add");
  EXPECT_EQ(name(ActionKind::kCheckout), "checkout");
  EXPECT_EQ(name(ActionKind::kPurchase), "purchase");
  EXPECT_EQ(name(ActionKind::kCall), "contact");
  EXPECT_EQ(name(ActionKind::kChat), "contact");
  EXPECT_EQ(name(ActionKind::kSkip), "skip");
  for (const auto kind :
       {ActionKind::kPageLeave, ActionKind::kBack, ActionKind::kCartRemove, ActionKind::kCartTick,
        ActionKind::kCartUntick, ActionKind::kShare, ActionKind::kGrant, ActionKind::kRedeem, ActionKind::kExpire}) {
    EXPECT_EQ(name(kind), "none") << domain::action_name(kind);
  }
}

}  // namespace
}  // namespace inkling::state
