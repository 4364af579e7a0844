// What is true of one simulated visit and told to nobody inside the simulation's world: for judging models and coupon
// policies afterwards, never for training. Only with MarketplaceOptions::gestures. Thread safety: plain values.
#pragma once

#include <cstdint>
#include <string>

#include "sim/intent.h"
#include "sim/mood.h"

namespace inkling::sim {

struct VisitTruth {
  std::string shopper;
  std::string session;
  std::int64_t ts_ms = 0;  // when the visit began
  Phase phase = Phase::kBrowsing;
  Resolve resolve;  // as it was then; its mood holds until a purchase

  // How much more probable a coupon makes a purchase in this visit.
  [[nodiscard]] double uplift() const { return resolve.coupon_prob - resolve.buy_prob; }
};

}  // namespace inkling::sim
