// A simulated marketplace: a catalogue, shoppers and the events they leave behind. EVERYTHING IT TELLS IS SIMULATED;
// no figure made from it says anything about real people. For trying the engine, for tests, and for showing that a
// model finds a signal known to be there. Not for claims about real shops.
//
// Each shopper has fixed traits (tastes, price level, readiness to buy, daily rhythm) and a hidden phase: away,
// browsing, comparing or buying. Only buying ends in purchases, and each phase shows in what is looked at, how often
// and for how long, so recent behaviour predicts a purchase within the hour and the day, but never for sure. Roughly
// 40 actions per shopper and active day; about one visit in twenty buys. More than half of all visits begin with a
// feed of suggestions: impressions of ten positions by a policy that has learnt nothing (feed_policy.h), and what the
// shopper did with them, by position and attraction (feed_model.h), naming the request.
//
// With MarketplaceOptions::gestures, visits take the time of real ones and swipes and taps are told too, some 1,510
// and 370 a shopper's active day, as `gestures` events right before the action that they led to. A hidden mood
// (mood.h) shapes them by way of cues (cues.h) and decides about purchases; what may be found in them, and how each
// part is switched off, is in gesture_signals.h, what their numbers mean in app_tables.h. Without gestures, nothing
// is changed.
//
// Order: all item events at start_ms, then the others by (ts_ms, shopper index). Ids: "sim-item-<n>",
// "sim-shopper-<i>-<n>"; an impression's id is its request; gestures have
// ids of their own, "sim-shopper-<i>-g<n>". The same options give the same events, whatever the
// number of threads; a shopper's events depend on seed, index, catalogue and feed only. Thread safety: immutable,
// generate() may run in several threads and calls back from the caller's own. Memory: the catalogue, about 0.5 KB a
// shopper, and the events of two windows (crowd.h). Cost: one to two microseconds an event and thread, half a
// microsecond a swipe or tap (bench/figures/simulator-rate).
#pragma once

#include <functional>

#include "base/core/result.h"
#include "domain/event.h"
#include "sim/feed_page.h"
#include "sim/options.h"
#include "sim/visit_truth.h"

namespace inkling::sim {

class Marketplace {
 public:
  explicit Marketplace(MarketplaceOptions options) : options_(std::move(options)) {}

  using OnEvent = std::function<base::Status(domain::Event&&)>;
  using OnTruth = std::function<void(const FeedTruth&)>;
  using OnVisit = std::function<void(const VisitTruth&)>;

  // Hands every event to `on_event`, whose error stops it and comes back; and the truth behind an impression to
  // `on_truth`, right before that impression; and with gestures that behind a visit to `on_visit`, right before its
  // first event. kInvalidInput when an option is out of range.
  [[nodiscard]] base::Status generate(const OnEvent& on_event, const OnTruth& on_truth = {},
                                      const OnVisit& on_visit = {}) const;

 private:
  MarketplaceOptions options_;
};

}  // namespace inkling::sim
