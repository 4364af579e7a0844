// A simulated shopper of promotion days as a log tells of them: trip after trip, with answers of the built-in policy.
// Depends on (seed, shopper index), catalogue and options only. Thread safety: one thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "sim/days/add_on_policy.h"
#include "sim/days/basket.h"
#include "sim/days/options.h"
#include "sim/days/trip.h"
#include "sim/days/truth.h"
#include "sim/persona.h"

namespace inkling::sim::days {

class DayShopper {
 public:
  // All that is given outlives the shopper.
  DayShopper(const MarketplaceOptions& market, const DaysWorld& world, const AddOnPolicy& policy, std::uint32_t index,
             std::int64_t start_ms, std::int64_t end_ms);

  // When the next trip begins; at or after end_ms: none.
  [[nodiscard]] std::int64_t next_ms() const { return next_ms_; }
  // The trip's events in order; `on_answer` may be empty.
  [[nodiscard]] std::vector<domain::Event> play_trip(const std::function<void(const AnswerTruth&)>& on_answer,
                                                     TripTruth& truth);

 private:
  void show(Trip& trip, std::vector<domain::Event>& events, const std::function<void(const AnswerTruth&)>& on_answer);
  void tell(std::vector<TimedAction>&& actions, std::vector<domain::Event>& events);
  [[nodiscard]] domain::Event event(std::int64_t ts_ms, domain::EventBody&& body);
  [[nodiscard]] std::int64_t plan(std::int64_t from_ms);

  const DaysWorld& world_;
  const AddOnPolicy& policy_;
  std::int64_t end_ms_;
  Persona persona_;
  base::Random trip_random_;
  base::Random shop_random_;
  bool shuffled_;
  Basket basket_;
  std::vector<Proposal> list_;  // of the question being answered
  std::size_t page_ = 0;
  std::int64_t next_ms_ = 0;
  std::uint64_t trip_count_ = 0;
  std::uint64_t event_count_ = 0;
};

}  // namespace inkling::sim::days
