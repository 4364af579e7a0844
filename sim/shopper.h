// One simulated shopper's whole stream of events, made visit by visit as it is read.
// It depends on (seed, shopper index) and the catalogue only. Memory: traits, cart and at most one visit.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/core/random.h"
#include "domain/event.h"
#include "sim/catalogue.h"
#include "sim/intent.h"
#include "sim/options.h"
#include "sim/traits.h"
#include "sim/visit.h"

namespace inkling::sim {

class Shopper {
 public:
  // `catalogue` outlives the shopper.
  Shopper(const MarketplaceOptions& options, const Catalogue& catalogue, std::uint32_t index);

  // When the next event is or, while the next visit has not been played yet, a time before it. At or after end: none.
  [[nodiscard]] std::int64_t next_ms() const;
  [[nodiscard]] bool is_over() const { return next_ms() >= end_ms_; }

  // Whether next() can tell an event now; otherwise play_visit() first.
  [[nodiscard]] bool has_event() const { return !visit_.empty(); }
  void play_visit();
  [[nodiscard]] domain::Event next();

 private:
  void plan_visit(std::int64_t from_ms);

  const Catalogue& catalogue_;
  std::int64_t end_ms_;
  std::string name_;
  base::Random random_;
  Traits traits_;
  Intent intent_;
  std::vector<CartEntry> cart_;
  std::vector<TimedAction> visit_;  // what is left of the visit being told, the next action last
  std::int64_t visit_ms_ = 0;       // when the next visit begins
  std::uint64_t visit_count_ = 0;
  std::uint64_t event_count_ = 0;
};

}  // namespace inkling::sim
