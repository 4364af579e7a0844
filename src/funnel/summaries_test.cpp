// Arms, steps and cross-scores, each against numbers worked out by hand.
#include <gtest/gtest.h>

#include "funnel/arms.h"
#include "funnel/cross_scores.h"
#include "funnel/journal_for_test.h"
#include "funnel/steps.h"

namespace inkling::funnel {
namespace {

using domain::ActionKind;

Order order_of(std::int64_t eligible_cents, std::int64_t reached_cents, std::int64_t next_cents) {
  Order order;
  order.cents = eligible_cents;
  order.steps = {{0, eligible_cents, reached_cents, next_cents}};
  return order;
}

TEST(Quantile, is_the_nearest_rank) {
  EXPECT_EQ(quantile({}, 0.5), 0);
  EXPECT_EQ(quantile({4, 1, 3, 2}, 0.5), 2);
  EXPECT_EQ(quantile({5, 4, 1, 3, 2}, 0.5), 3);
  EXPECT_EQ(quantile({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.9), 9);
}

TEST(Steps, an_order_is_just_below_when_a_quarter_of_the_next_step_or_less_is_missing) {
  const auto summary = summarise_steps(
      {order_of(7500, 0, 10000), order_of(7499, 0, 10000), order_of(10000, 10000, 0), order_of(15000, 10000, 20000)},
      0);
  EXPECT_EQ(summary.orders, 4U);
  EXPECT_EQ(summary.just_below, 2U);
  EXPECT_EQ(summary.reached, 2U);
}

TEST(Steps, bins_an_order_by_the_step_that_is_nearest_in_ratio) {
  // 1.4 of the first and 0.7 of the second: 1.4 is nearer than 1 / 0.7 = 1.43. 1.5 and 0.75: 1.33 is nearer.
  const auto summary =
      summarise_steps({order_of(14000, 10000, 20000), order_of(15000, 10000, 20000), order_of(10000, 10000, 20000),
                       order_of(9999, 0, 10000), order_of(100, 0, 10000), order_of(90000, 20000, 0)},
                      0);
  EXPECT_EQ(summary.ratio_bins[18], 1U);  // 1.40
  EXPECT_EQ(summary.ratio_bins[5], 1U);   // 0.75
  EXPECT_EQ(summary.ratio_bins[10], 1U);  // 1.00
  EXPECT_EQ(summary.ratio_bins[9], 1U);   // 0.95 .. 1
  EXPECT_EQ(summary.below_bins, 1U);
  EXPECT_EQ(summary.above_bins, 1U);
}

TEST(Steps, tells_overshoot_with_and_without_an_add_on_apart) {
  Order with = order_of(10300, 10000, 20000);
  with.added = {{0, 300}};
  const auto summary = summarise_steps({with, order_of(15000, 10000, 20000), order_of(5000, 0, 10000)}, 0);
  EXPECT_EQ(summary.overshoot.orders, 2U);
  EXPECT_EQ(summary.overshoot.p90_cents, 5000);
  EXPECT_EQ(summary.overshoot_added.median_cents, 300);
  EXPECT_EQ(summary.overshoot_other.median_cents, 5000);
}

TEST(Steps, leaves_out_orders_that_the_promotion_does_not_touch) {
  EXPECT_EQ(summarise_steps({order_of(100, 0, 200)}, 1).orders, 0U);
}

struct TwoArms : JournalForTest {
  TwoArms() {
    for (const char* each : {"a", "b", "c"}) item(each, std::string("T/") + each, 100);
    item("base", "T/base", 1000);
    show("r1", {"a", "b"}, {"base"}, "left");
    show("r2", {"c"}, {"base"}, "left");
    act(ActionKind::kClick, "a", "r1");
    act(ActionKind::kCartAdd, "a", "r1");
    show("r3", {"b", "c"}, {"base", "a"}, "right");
    act(ActionKind::kCartAdd, "c", "r3");
    buy({"base", "a", "c"});
    pass(60);
    show("r4", {"b"}, {"b"}, "right");
  }
};

TEST(Arms, counts_each_arms_looks_deeds_and_orders) {
  const TwoArms journal;
  const auto arms = summarise_arms(journal.follower.looks(), journal.follower.orders(), journal.follower.arms());
  ASSERT_EQ(arms.size(), 3U);
  const ArmSummary& all = arms[0];
  const ArmSummary& left = arms[1];
  const ArmSummary& right = arms[2];
  EXPECT_EQ(left.arm, "order: left");
  EXPECT_EQ(left.looks, 1U);
  EXPECT_EQ(left.answers, 2U);
  EXPECT_EQ(left.deeds, (std::array<std::uint64_t, kDeeds>{3, 1, 1, 1}));
  EXPECT_EQ(right.deeds, (std::array<std::uint64_t, kDeeds>{3, 0, 1, 1}));
  EXPECT_EQ(right.looks, 2U);
  // Of what the right arm showed, b beside b alone is of a leaf that was ticked.
  EXPECT_EQ(right.deeds_alike, (std::array<std::uint64_t, kDeeds>{1, 0, 0, 0}));
  EXPECT_DOUBLE_EQ(right.alike_share(Deed::kShown), 1.0 / 3);
  EXPECT_DOUBLE_EQ(right.alike_share(Deed::kClicked), 0);
  EXPECT_EQ(right.depth_median, 1);
  EXPECT_EQ(right.depth_p90, 2);
  EXPECT_DOUBLE_EQ(right.depth_mean, 1.5);
  EXPECT_EQ(all.looks_with_click, 1U);
  EXPECT_EQ(all.shown_with_click, 3U);
  // One order, of both arms: whole for each, its lines apart.
  EXPECT_EQ(all.orders, 1U);
  EXPECT_EQ(left.orders, 1U);
  EXPECT_EQ(right.orders, 1U);
  EXPECT_EQ(all.gmv_cents, 1200);
  EXPECT_EQ(left.gmv_cents, 1200);
  EXPECT_EQ(left.added_cents, 100);
  EXPECT_EQ(all.added_cents, 200);
}

TEST(CrossScores, are_means_over_what_was_done) {
  JournalForTest journal;
  journal.item("base", "T/base", 100);
  journal.item("same", "T/base", 100);
  journal.item("other", "U/other", 100);
  journal.show("r1", {"same", "other"}, {"base"});
  journal.act(ActionKind::kClick, "same", "r1");
  const auto means = mean_cross_scores(journal.follower.looks());
  EXPECT_EQ(means[0].count, 2U);
  EXPECT_DOUBLE_EQ(means[0].leaf_to_ticked, 0.5);
  EXPECT_DOUBLE_EQ(means[1].leaf_to_ticked, 1);
  EXPECT_DOUBLE_EQ(means[1].leaf_to_history, 0);
  EXPECT_EQ(means[3].count, 0U);
}

// Beside x, item a is clicked 2 of 2 times, beside y 0 of 2: of a's 4 exposures half, so 1 is expected of each.
TEST(CrossScores, lift_is_over_what_the_category_gets_whatever_is_ticked) {
  JournalForTest journal;
  for (const char* each : {"a", "x", "y"}) journal.item(each, std::string("T/") + each, 100);
  for (int i = 0; i < 2; ++i) {
    const std::string n = std::to_string(i);
    journal.pass(60);
    journal.show("x" + n, {"a"}, {"x"});
    journal.act(ActionKind::kClick, "a", "x" + n);
    journal.show("y" + n, {"a"}, {"y"});
  }
  const auto lifts = pair_lifts(journal.follower.looks(), journal.follower.items(), Beside::kTicked, Deed::kClicked);
  ASSERT_EQ(lifts.size(), 2U);
  EXPECT_EQ(journal.follower.items().category_name(lifts[0].beside), "T / x");
  EXPECT_DOUBLE_EQ(lifts[0].expected, 1);
  EXPECT_DOUBLE_EQ(lifts[0].lift(), 2);
  EXPECT_DOUBLE_EQ(lifts[1].lift(), 0);
}

}  // namespace
}  // namespace inkling::funnel
