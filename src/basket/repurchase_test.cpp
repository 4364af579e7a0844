#include "basket/repurchase.h"

#include <gtest/gtest.h>

#include "base/core/clock.h"
#include "basket/repurchase_priors.h"

namespace inkling::basket {
namespace {

using base::kDayMs;

// Bought three times in 20 days; with the item's interval of 10 days the mean is 10.
constexpr PersonalItem kBought = {1, 0, 20 * kDayMs, 3, 2, 1};
constexpr RepurchasePrior kPrior = {0.5F, 10, 30};

float after_days(double days) {
  return repurchase_score(kPrior, kBought, 20 * kDayMs + static_cast<std::int64_t>(days * kDayMs));
}

TEST(RepurchaseScore, is_the_modified_poisson_gamma_rate_of_items_that_are_bought_again) {
  EXPECT_NEAR(after_days(0), 0.5 * 4 / (20 + 20 + 30), 1e-6);
  EXPECT_NEAR(after_days(7), 0.5 * 4 / (20 + 6 + 30), 1e-6);
  EXPECT_NEAR(after_days(40), 0.5 * 4 / (20 + 40 + 30), 1e-6);
}

TEST(RepurchaseScore, dips_behind_a_purchase_and_peaks_when_the_usual_time_has_passed) {
  EXPECT_LT(after_days(0), after_days(5));
  EXPECT_LT(after_days(5), after_days(10));
  EXPECT_GT(after_days(10), after_days(15));
  EXPECT_NEAR(after_days(19.999), after_days(20.001), 1e-5) << "without a step at twice the usual time";
  EXPECT_GT(after_days(20), after_days(60));
}

TEST(RepurchaseScore, says_when_an_item_is_due) {
  EXPECT_EQ(due_ms(kPrior, kBought), 30 * kDayMs);
  EXPECT_EQ(due_ms(kPrior, {1, 5 * kDayMs, 5 * kDayMs, 1, 0, 1}), 15 * kDayMs) << "bought once: the item's cycle";
}

TEST(RepurchaseScore, stands_a_clock_that_runs_backwards) {
  EXPECT_NEAR(after_days(-5), after_days(0), 1e-7);
}

TEST(RepurchasePriors, mix_an_items_buyers_with_everybodys) {
  // Item 0: shopper 1 on days 0 and 10, shopper 2 on day 50. Item 1: shopper 1 on day 90.
  const auto priors =
      repurchase_priors({{0, 1, 10 * kDayMs}, {0, 1, 0}, {0, 2, 50 * kDayMs}, {1, 1, 90 * kDayMs}}, 3, 100 * kDayMs);
  ASSERT_EQ(priors.size(), 3U);
  const double prob = 1.0 / 3, cycle = 10, wait = 100.0 + 50 + 10;
  EXPECT_NEAR(priors[0].buy_again_prob, (1 + 10 * prob) / 12, 1e-6);
  EXPECT_NEAR(priors[0].cycle_days, (10 + 10 * cycle) / 11, 1e-5);
  EXPECT_NEAR(priors[0].wait_days, (150 + 10 * wait) / 11, 1e-4);
  EXPECT_NEAR(priors[1].buy_again_prob, (0 + 10 * prob) / 11, 1e-6);
  EXPECT_NEAR(priors[2].cycle_days, cycle, 1e-5) << "nobody known bought it";
}

TEST(RepurchasePriors, are_finite_when_nobody_ever_bought_again_or_at_all) {
  EXPECT_EQ(repurchase_priors({}, 1, 0)[0].buy_again_prob, 0);
  EXPECT_EQ(repurchase_priors({}, 1, 0)[0].wait_days, 1);
  const auto priors = repurchase_priors({{0, 1, 0}}, 1, 40 * kDayMs);
  EXPECT_EQ(priors[0].buy_again_prob, 0);
  EXPECT_NEAR(priors[0].wait_days, (40 + 10 * 40) / 10.0, 1e-4);
}

}  // namespace
}  // namespace inkling::basket
