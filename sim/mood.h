// How near a simulated shopper is to buying in one visit, hidden, and what follows from it. The phase (intent.h)
// shapes what is looked at; the mood shapes how it is handled with the finger and decides, with the phase, how
// probable a purchase in this visit is. So pages tell the phase, gestures tell the mood, and neither tells for sure.
//
//   mood ~ its phase, or the mood before that did not end in a purchase (GestureSignals::plans)
//   logit P(purchase in this visit) = logit base(mood, phase) + kReadiness * ln(conversion)
//   a coupon adds kCouponPush to that logit: next to nothing for those who never or anyway buy, most in the middle,
//   where P is near 0.35
// One uniform number decides with and without a coupon, so nobody is put off by one: both outcomes are known.
// Used only while MarketplaceOptions::gestures is on. Thread safety: pure functions; one Random a thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/core/random.h"
#include "sim/gesture_signals.h"
#include "sim/intent.h"
#include "sim/traits.h"

namespace inkling::sim {

enum class Mood : std::uint8_t { kBrowsing, kComparing, kBuying, kLeaving };  // leaving: nothing is wanted any more
inline constexpr std::size_t kMoods = 3;                                      // that a visit begins with
inline constexpr std::array<std::string_view, 4> kMoodNames = {"browsing", "comparing", "buying", "leaving"};

// How common moods are over all visits: what a signal that is switched off is drawn for.
inline constexpr std::array<double, kMoods> kMoodShares = {0.57, 0.23, 0.20};
[[nodiscard]] Mood any_mood(base::Random& random);

struct Resolve {
  Mood mood = Mood::kBrowsing;
  double buy_prob = 0;     // of a purchase in this visit, without a coupon
  double coupon_prob = 0;  // with one
  bool buys_alone = false;
  bool buys_with_coupon = false;
  bool has_coupon = false;
  bool bought = false;            // already, in this visit
  std::optional<Phase> stays_as;  // how long goods are looked at; unset: by the phase (GestureSignals::dwell)

  [[nodiscard]] bool buys() const { return !bought && (has_coupon ? buys_with_coupon : buys_alone); }
};

[[nodiscard]] double with_coupon(double buy_prob);

// The resolve of a visit that begins now; `before`: of the last one. May turn the intent from comparing to buying.
// Always draws as many numbers.
[[nodiscard]] Resolve next_resolve(const Resolve& before, Intent& intent, const Traits& traits,
                                   const GestureSignals& signals, base::Random& random);

}  // namespace inkling::sim
