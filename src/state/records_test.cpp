#include <gtest/gtest.h>

#include "base/core/clock.h"
#include "base/core/hash.h"
#include "state/event_samples.h"
#include "state/shopper_state.h"

namespace inkling::state {
namespace {

using base::name_hash;
using domain::ActionKind;

domain::Swipe swipe_at(std::int32_t offset_ms) {
  domain::Swipe swipe;
  swipe.offset_ms = offset_ms;
  return swipe;
}

domain::Tap tap_at(std::int32_t offset_ms) {
  domain::Tap tap;
  tap.offset_ms = offset_ms;
  return tap;
}

TEST(Records, late_event_folds_when_it_arrives_with_its_time_clamped) {
  ShopperState state;
  apply(state, action_event(1000, ActionKind::kView, "a"));
  apply(state, action_event(400, ActionKind::kView, "b"));
  EXPECT_EQ(state.clock_ms, 1000);
  EXPECT_EQ(state.browses.newest().item, name_hash("b"));
  EXPECT_EQ(state.browses.newest().time.ts_ms, 1000);
  EXPECT_EQ(state.browses.newest().time.idle_ms, 0);
  EXPECT_EQ(state.event_count, 2u);
}

TEST(Records, idle_spans_all_views_and_view_gap_only_its_own) {
  ShopperState state;
  apply(state, action_event(1000, ActionKind::kView, "a"));
  apply(state, gesture_event(1000, {{swipe_at(500)}, {tap_at(700)}}));
  apply(state, action_event(2000, ActionKind::kView, "b"));
  EXPECT_EQ(state.browses.at(0).time.idle_ms, -1);
  EXPECT_EQ(state.browses.at(0).time.view_gap_ms, -1);
  EXPECT_EQ(state.swipes.newest().time.idle_ms, 500);
  EXPECT_EQ(state.swipes.newest().time.view_gap_ms, -1);
  EXPECT_EQ(state.taps.newest().time.idle_ms, 200);
  EXPECT_EQ(state.browses.newest().time.idle_ms, 300);
  EXPECT_EQ(state.browses.newest().time.view_gap_ms, 1000);
  EXPECT_EQ(state.browses.newest().time.ordinal, 3u);
}

TEST(Records, swipes_and_taps_of_a_batch_interleave_by_their_offsets) {
  ShopperState state;
  apply(state, gesture_event(10'000, {{swipe_at(100), swipe_at(900)}, {tap_at(50), tap_at(500)}}));
  EXPECT_EQ(state.taps.at(0).time.ordinal, 0u);
  EXPECT_EQ(state.swipes.at(0).time.ordinal, 1u);
  EXPECT_EQ(state.taps.at(1).time.ordinal, 2u);
  EXPECT_EQ(state.taps.at(1).time.ts_ms, 10'500);
  EXPECT_EQ(state.swipes.at(1).time.ts_ms, 10'900);
  EXPECT_EQ(state.clock_ms, 10'900);
  EXPECT_EQ(state.swipes.at(1).swipe.offset_ms, 0);
}

TEST(Records, browse_record_carries_page_category_stay_and_repeats_of_its_item) {
  domain::Action view;
  view.item = "lamp";
  view.category = {"Home", "Lighting", "Desk lamps"};
  view.page = "detail";
  view.stay_ms = 4200;
  ShopperState state;
  for (int i = 0; i < 3; ++i) apply(state, event_with(view, 1000 * i));
  apply(state, action_event(5000, ActionKind::kPageLeave));
  const BrowseRecord& record = state.browses.at(2);
  EXPECT_EQ(record.top_category, name_hash("Home"));
  EXPECT_EQ(record.leaf_category, name_hash("Desk lamps"));
  EXPECT_EQ(record.page, name_hash("detail"));
  EXPECT_EQ(record.stay_ms, 4200);
  EXPECT_EQ(record.item_repeat, 2u);
  EXPECT_EQ(state.browses.newest().stay_ms, -1);
  EXPECT_EQ(state.browses.newest().item_repeat, 0u);
}

TEST(Records, every_action_but_grant_and_expire_leaves_one_record) {
  for (std::size_t kind = 0; kind < domain::kActionKindCount; ++kind) {
    ShopperState state;
    const auto action = static_cast<ActionKind>(kind);
    apply(state, action_event(1000, action, "a"));
    const bool is_given = action == ActionKind::kGrant || action == ActionKind::kExpire;
    EXPECT_EQ(state.browses.size(), is_given ? 0u : 1u) << domain::action_name(action);
    EXPECT_EQ(state.active_days, is_given ? 0u : 1u) << domain::action_name(action);
  }
}

TEST(Records, purchase_leaves_one_record_a_line_up_to_sixteen_and_counts_once) {
  domain::Action purchase;
  purchase.action = ActionKind::kPurchase;
  for (int i = 0; i < 20; ++i) purchase.lines.push_back({"item" + std::to_string(i), 1, std::nullopt, {}, {}});
  ShopperState state;
  apply(state, event_with(purchase, 1000));
  EXPECT_EQ(state.browses.size(), kPurchaseRecords);
  EXPECT_EQ(state.browses.at(15).item, name_hash("item15"));
  EXPECT_EQ(state.groups[static_cast<std::size_t>(ActionGroup::kPurchase)].total, 1u);
  EXPECT_EQ(state.repurchases.size(), 20u);
}

TEST(Records, order_line_takes_its_category_from_what_was_seen_of_the_item) {
  domain::Action view;
  view.item = "kettle";
  view.category = {"Kitchen", "Kettles"};
  domain::Action purchase;
  purchase.action = ActionKind::kPurchase;
  purchase.item = "mug";
  purchase.category = {"Kitchen", "Mugs"};
  purchase.lines = {{"kettle", 1, {}, {}, {}}, {"mug", 1, {}, {}, {}}, {"spoon", 1, {}, {}, {}}};
  ShopperState state;
  apply(state, event_with(view, 1000));
  apply(state, event_with(purchase, 2000));
  EXPECT_EQ(state.browses.at(1).leaf_category, name_hash("Kettles"));
  EXPECT_EQ(state.browses.at(2).leaf_category, name_hash("Mugs"));
  EXPECT_EQ(state.browses.at(3).leaf_category, 0u);
}

TEST(Records, world_facts_impressions_and_events_without_a_shopper_change_nothing) {
  ShopperState state;
  apply(state, {"", 1000, "", "", domain::Action{}, ""});
  apply(state, {"", 1000, "shopper", "s", domain::Item{}, ""});
  apply(state, {"", 1000, "shopper", "s", domain::Promotion{}, ""});
  apply(state, {"", 1000, "shopper", "s", domain::Campaign{}, ""});
  apply(state, {"", 1000, "shopper", "s", domain::Impression{}, ""});
  EXPECT_EQ(encode(state), encode(ShopperState{}));
}

TEST(Records, active_days_count_days_with_records_once) {
  ShopperState state;
  apply(state, action_event(base::kDayMs - 1, ActionKind::kView, "a"));
  apply(state, action_event(base::kDayMs, ActionKind::kView, "a"));
  apply(state, action_event(base::kDayMs + 5, ActionKind::kView, "a"));
  apply(state, {"", 5 * base::kDayMs, "shopper", "s", domain::Profile{}, ""});
  EXPECT_EQ(state.active_days, 2u);
  EXPECT_EQ(state.clock_ms, 5 * base::kDayMs);
}

}  // namespace
}  // namespace inkling::state
