#include "sim/mood.h"

#include <cmath>

namespace inkling::sim {
namespace {

using Shares = std::array<double, kMoods>;

constexpr double kReadiness = 0.6;
constexpr double kCouponPush = 1.2;
constexpr double kStays = 0.6;          // the mood of buying outlives a visit without purchase
constexpr double kDecides = 0.3;        // that mood ends comparing
constexpr double kBuyingBefore = 0.15;  // share of visits after one in that mood and without purchase

// Of visits: browsing, comparing, buying.
constexpr std::array<double, 3> kPhaseShares = {0.68, 0.21, 0.11};
// By phase, rows as in Phase. Nobody is away during a visit.
constexpr std::array<Shares, 4> kMoodsOfPhase = {{
    {0.74, 0.19, 0.07},
    {0.74, 0.19, 0.07},
    {0.35, 0.42, 0.23},
    {0.20, 0.35, 0.45},
}};
// [mood][phase]
constexpr std::array<std::array<double, 4>, kMoods> kBuyProbs = {{
    {0.0015, 0.0015, 0.006, 0.03},
    {0.008, 0.008, 0.04, 0.14},
    {0.12, 0.12, 0.28, 0.58},
}};

double logit(double probability) {
  return std::log(probability / (1 - probability));
}
double logistic(double x) {
  return 1 / (1 + std::exp(-x));
}

Mood mood_by(const Shares& shares, double drawn) {
  if (drawn < shares[0]) return Mood::kBrowsing;
  return drawn < shares[0] + shares[1] ? Mood::kComparing : Mood::kBuying;
}

Phase phase_by(double drawn) {
  if (drawn < kPhaseShares[0]) return Phase::kBrowsing;
  return drawn < kPhaseShares[0] + kPhaseShares[1] ? Phase::kComparing : Phase::kBuying;
}

}  // namespace

Mood any_mood(base::Random& random) {
  return mood_by(kMoodShares, random.uniform());
}

double with_coupon(double buy_prob) {
  return logistic(logit(buy_prob) + kCouponPush);
}

Resolve next_resolve(const Resolve& before, Intent& intent, const Traits& traits, const GestureSignals& signals,
                     base::Random& random) {
  const bool was_buying = before.mood == Mood::kBuying && !before.bought;
  const bool another_was = random.chance(kBuyingBefore);
  const bool stays = random.chance(kStays) && (signals.plans ? was_buying : another_was);
  const bool decides = random.chance(kDecides) && stays;
  if (decides && intent.phase == Phase::kComparing) intent.phase = Phase::kBuying;
  const auto phase = static_cast<std::size_t>(intent.phase);
  Resolve resolve;
  const double drawn = random.uniform();
  resolve.mood = stays ? Mood::kBuying : mood_by(kMoodsOfPhase[phase], drawn);
  const double base_prob = kBuyProbs[static_cast<std::size_t>(resolve.mood)][phase];
  resolve.buy_prob = logistic(logit(base_prob) + kReadiness * std::log(traits.conversion));
  resolve.coupon_prob = with_coupon(resolve.buy_prob);
  const double decided = random.uniform();
  resolve.buys_alone = decided < resolve.buy_prob;
  resolve.buys_with_coupon = decided < resolve.coupon_prob;
  const Phase any_phase = phase_by(random.uniform());
  if (!signals.dwell) resolve.stays_as = any_phase;
  return resolve;
}

}  // namespace inkling::sim
