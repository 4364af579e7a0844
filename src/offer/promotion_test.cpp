#include "offer/promotion.h"

#include <gtest/gtest.h>

namespace inkling::offer {
namespace {

Promotion ladder() {
  Promotion promotion;
  promotion.tiers = {{20000, 3000, 0}, {30000, 5000, 0}};
  return promotion;
}

Promotion repeating(std::optional<std::int64_t> cap_cents) {
  Promotion promotion;
  promotion.repeats = true;
  promotion.tiers = {{20000, 3000, 0}};
  promotion.cap_cents = cap_cents;
  return promotion;
}

Promotion percentage() {
  Promotion promotion;
  promotion.tiers = {{10000, 0, 1000}, {20000, 0, 1500}};
  promotion.cap_cents = 2500;
  return promotion;
}

void expect_reach(const Promotion& promotion, std::int64_t eligible, std::int64_t step, std::int64_t saved,
                  std::int64_t next, std::int64_t then) {
  const Reach reached = reach(promotion, eligible);
  EXPECT_EQ(reached.step, step) << eligible;
  EXPECT_EQ(reached.saved_cents, saved) << eligible;
  EXPECT_EQ(saved_cents(promotion, eligible), saved) << eligible;
  EXPECT_EQ(reached.next_spend_cents.value_or(0), next) << eligible;
  EXPECT_EQ(reached.saved_then_cents, then) << eligible;
}

TEST(Promotion, the_highest_tier_reached_counts) {
  expect_reach(ladder(), 0, 0, 0, 20000, 3000);
  expect_reach(ladder(), 19999, 0, 0, 20000, 3000);
  expect_reach(ladder(), 20000, 1, 3000, 30000, 5000);
  expect_reach(ladder(), 29999, 1, 3000, 30000, 5000);
  expect_reach(ladder(), 30000, 2, 5000, 0, 0);
  expect_reach(ladder(), kMaxCents, 2, 5000, 0, 0);
}

TEST(Promotion, a_step_repeats_up_to_its_cap) {
  expect_reach(repeating({}), 16000, 0, 0, 20000, 3000);
  expect_reach(repeating({}), 41000, 2, 6000, 60000, 9000);
  expect_reach(repeating(7000), 41000, 2, 6000, 60000, 7000);
  expect_reach(repeating(7000), 60000, 3, 7000, 0, 0);
  expect_reach(repeating({}), kMaxCents, kMaxCents / 20000, kMaxCents / 20000 * 3000, (kMaxCents / 20000 + 1) * 20000,
               (kMaxCents / 20000 + 1) * 3000);
}

TEST(Promotion, a_percentage_is_of_the_whole_amount_rounded_down_and_capped) {
  expect_reach(percentage(), 10009, 1, 1000, 20000, 2500);
  expect_reach(percentage(), 10010, 1, 1001, 20000, 2500);
  expect_reach(percentage(), 20000, 2, 2500, 0, 0);
}

TEST(Promotion, a_tier_that_the_cap_makes_worthless_is_no_next_step) {
  Promotion promotion = percentage();
  promotion.cap_cents = 1000;
  expect_reach(promotion, 10000, 1, 1000, 0, 0);
}

TEST(Promotion, counts_from_its_start_to_before_its_end) {
  Promotion promotion = ladder();
  promotion.starts_ms = 10;
  promotion.ends_ms = 20;
  EXPECT_FALSE(in_time(promotion, 9));
  EXPECT_TRUE(in_time(promotion, 10));
  EXPECT_TRUE(in_time(promotion, 19));
  EXPECT_FALSE(in_time(promotion, 20));
}

TEST(Promotion, the_most_that_it_saves_is_rounded_up) {
  EXPECT_EQ(most_saved_millionths(ladder()), 166'667);
  EXPECT_EQ(most_saved_millionths(repeating({})), 150'000);
  EXPECT_EQ(most_saved_millionths(percentage()), 150'000);
}

}  // namespace
}  // namespace inkling::offer
