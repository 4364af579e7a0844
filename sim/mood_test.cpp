// Purchases and coupons in the simulated log: whether they come as often as the truth says.
#include "sim/mood.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "sim/gesture_log.h"

namespace inkling::sim {
namespace {

using domain::ActionKind;
using Visits = std::map<std::string, LoggedVisit>;

double uplift(double buy_prob) {
  return with_coupon(buy_prob) - buy_prob;
}

// Half of all visits begin with a coupon.
const Visits& shared_visits() {
  static const Visits visits = [] {
    MarketplaceOptions options = gesture_options();
    options.shoppers = 200;
    options.days = 14;
    options.coupon_share = 0.5;
    return whole_visits(options);
  }();
  return visits;
}

TEST(Mood, coupon_helps_most_at_middle_probability) {
  EXPECT_LT(uplift(0.01), 0.03);
  EXPECT_GT(uplift(0.35), 0.28);
  EXPECT_LT(uplift(0.97), 0.03);
  double best_prob = 0;
  for (double prob = 0.01; prob < 1; prob += 0.01) {
    EXPECT_GT(uplift(prob), 0);
    if (uplift(prob) > uplift(best_prob + 1e-9)) best_prob = prob;
  }
  EXPECT_NEAR(best_prob, 0.35, 0.02);
}

TEST(Mood, visits_end_in_a_purchase_when_and_only_when_the_truth_says_so) {
  int purchases = 0;
  for (const auto& [name, visit] : shared_visits()) {
    const Resolve& resolve = visit.truth.resolve;
    ASSERT_EQ(buys(visit), resolve.has_coupon ? resolve.buys_with_coupon : resolve.buys_alone) << name;
    ASSERT_LE(resolve.buys_alone, resolve.buys_with_coupon);
    purchases += buys(visit) ? 1 : 0;
  }
  EXPECT_GT(purchases, 200);
}

TEST(Mood, purchases_come_as_often_as_the_truth_says_with_coupon_and_without) {
  struct Band {
    double expected = 0;
    double bought = 0;
    double visits = 0;
  };
  std::array<std::array<Band, 3>, 2> bands;  // by coupon; below 0.1, below 0.5, above
  for (const auto& [name, visit] : shared_visits()) {
    const Resolve& resolve = visit.truth.resolve;
    const std::size_t band = resolve.buy_prob < 0.1 ? 0 : (resolve.buy_prob < 0.5 ? 1 : 2);
    Band& one = bands[resolve.has_coupon ? 1 : 0][band];
    one.expected += resolve.has_coupon ? resolve.coupon_prob : resolve.buy_prob;
    one.bought += buys(visit) ? 1 : 0;
    one.visits += 1;
  }
  std::array<double, 3> gain{};
  for (std::size_t band = 0; band < 3; ++band) {
    for (std::size_t coupon = 0; coupon < 2; ++coupon) {
      const Band& one = bands[coupon][band];
      ASSERT_GT(one.visits, 60) << coupon << " " << band;
      EXPECT_NEAR(one.bought, one.expected, 4 * std::sqrt(one.expected)) << coupon << " " << band;
    }
    gain[band] = bands[1][band].bought / bands[1][band].visits - bands[0][band].bought / bands[0][band].visits;
  }
  EXPECT_GT(gain[1], gain[0] + 0.1);
}

TEST(Mood, coupons_are_granted_first_and_redeemed_by_the_purchase) {
  double granted_visits = 0;
  for (const auto& [name, visit] : shared_visits()) {
    int grants = 0;
    int redeems = 0;
    bool lines_name_it = false;
    for (const auto& event : visit.events) {
      const auto* action = std::get_if<domain::Action>(&event.body);
      if (action == nullptr) continue;
      grants += action->action == ActionKind::kGrant ? 1 : 0;
      redeems += action->action == ActionKind::kRedeem ? 1 : 0;
      if (action->action != ActionKind::kPurchase) continue;
      for (const auto& line : action->lines) lines_name_it |= line.coupons == std::vector<std::string>{"sim-coupon"};
    }
    ASSERT_EQ(grants, visit.truth.resolve.has_coupon ? 1 : 0) << name;
    ASSERT_EQ(redeems, grants == 1 && buys(visit) ? 1 : 0) << name;
    ASSERT_EQ(lines_name_it, redeems == 1) << name;
    granted_visits += grants;
  }
  EXPECT_NEAR(granted_visits / static_cast<double>(shared_visits().size()), 0.5, 0.03);
}

TEST(Mood, shares_are_those_that_switched_off_signals_draw_from) {
  std::array<double, kMoods> shares{};
  for (const auto& [name, visit] : shared_visits()) {
    shares[static_cast<std::size_t>(visit.truth.resolve.mood)] += 1 / static_cast<double>(shared_visits().size());
  }
  for (std::size_t mood = 0; mood < kMoods; ++mood) EXPECT_NEAR(shares[mood], kMoodShares[mood], 0.03) << mood;
}

}  // namespace
}  // namespace inkling::sim
