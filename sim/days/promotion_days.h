// Promotion days of the simulated marketplace: the days behind its ordinary ones, with a cross-shop ladder of
// thresholds. The same catalogue and the same shoppers (traits by seed and index), who fill carts and complete them
// from add-on answers of a shop that has learnt nothing (add_on_policy.h). EVERYTHING IT TELLS IS SIMULATED.
//
// Order: the promotion first, at the beginning of the days; then by (ts_ms, shopper). Ids: "sim-days-<shopper>-<n>",
// sessions "<shopper>-trip-<n>"; an impression's id is its request. The same options give the same events. Not for
// the catalogue and the ordinary days: Marketplace tells those, and what it tells does not depend on these. Thread
// safety: immutable, generate() may run in several threads. Memory: the shoppers and the trips under way. Cost: some
// two microseconds an event, one thread.
#pragma once

#include <functional>

#include "base/core/result.h"
#include "domain/event.h"
#include "sim/days/options.h"
#include "sim/days/truth.h"

namespace inkling::sim::days {

class PromotionDays {
 public:
  PromotionDays(MarketplaceOptions market, DaysOptions options)
      : market_(std::move(market)), options_(std::move(options)) {}

  using OnEvent = std::function<base::Status(domain::Event&&)>;
  using OnAnswer = std::function<void(const AnswerTruth&)>;
  using OnTrip = std::function<void(const TripTruth&)>;

  // Hands every event to `on_event`, whose error stops it and comes back; the truth behind answers and trips when
  // they are made up, which is before their first event. kInvalidInput when an option is out of range.
  [[nodiscard]] base::Status generate(const OnEvent& on_event, const OnAnswer& on_answer = {},
                                      const OnTrip& on_trip = {}) const;

  [[nodiscard]] std::int64_t start_ms() const;
  [[nodiscard]] std::int64_t end_ms() const;

 private:
  MarketplaceOptions market_;
  DaysOptions options_;
};

}  // namespace inkling::sim::days
