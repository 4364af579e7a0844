// A simulated marketplace: a catalogue, shoppers and the events they leave behind. EVERYTHING IT TELLS IS SIMULATED;
// no figure made from it says anything about real people. For trying the engine, for tests, and for showing that a
// model finds a signal known to be there. Not for claims about real shops.
//
// Each shopper has fixed traits (tastes, price level, readiness to buy, daily rhythm) and a hidden phase: away,
// browsing, comparing or buying. Only buying ends in purchases, and each phase shows in what is looked at, how often
// and for how long, so recent behaviour predicts a purchase within the hour and the day, but never for sure. Roughly
// 40 actions per shopper and active day; about one visit in twenty buys.
//
// Order: all item events at start_ms, then actions by (ts_ms, shopper index). Ids: "sim-item-<n>",
// "sim-shopper-<i>-<n>". The same options give the same events; a shopper's events depend on seed, index and
// catalogue only. Thread safety: immutable, generate() may run in several threads. Memory: the catalogue, about 0.5
// KB a shopper, and the visits that overlap at one moment. Cost: one to two microseconds an event.
#pragma once

#include <functional>

#include "base/core/result.h"
#include "domain/event.h"
#include "sim/options.h"

namespace inkling::sim {

class Marketplace {
 public:
  explicit Marketplace(MarketplaceOptions options) : options_(std::move(options)) {}

  // Hands every event to `on_event`, whose error stops it and comes back. kInvalidInput when an option is out of
  // range.
  [[nodiscard]] base::Status generate(const std::function<base::Status(domain::Event&&)>& on_event) const;

 private:
  MarketplaceOptions options_;
};

}  // namespace inkling::sim
