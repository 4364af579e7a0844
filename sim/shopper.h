// One simulated shopper's whole stream of events, made visit by visit as it is read: the feed first (by the policy of
// feed_policy.h), then what the shopper finds alone. It depends on (seed, shopper index) and the catalogue only.
// Memory: the persona and at most one visit. Thread safety: one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "sim/catalogue.h"
#include "sim/feed_page.h"
#include "sim/options.h"
#include "sim/persona.h"
#include "sim/visit_truth.h"

namespace inkling::sim {

struct Told {
  domain::Event event;
  std::optional<FeedTruth> truth;     // of an impression
  std::unique_ptr<VisitTruth> visit;  // of the visit that this event begins
};

class Shopper {
 public:
  // `options` and `catalogue` outlive the shopper.
  Shopper(const MarketplaceOptions& options, const Catalogue& catalogue, std::uint32_t index);

  Shopper(Shopper&&) = default;
  Shopper& operator=(Shopper&&) = delete;

  // When the next event is or, while the next visit has not been played yet, a time before it. At or after end: none.
  [[nodiscard]] std::int64_t next_ms() const;
  [[nodiscard]] bool is_over() const { return next_ms() >= end_ms_; }

  // Whether next() can tell an event now; otherwise play_visit() first.
  [[nodiscard]] bool has_event() const { return !visit_.empty(); }
  void play_visit();
  [[nodiscard]] Told next();

 private:
  struct Telling {
    std::int64_t ts_ms = 0;
    domain::EventBody body;
    std::optional<FeedTruth> truth;
    std::unique_ptr<VisitTruth> visit;
  };
  [[nodiscard]] VisitTruth visit_truth() const;
  void take_coupon();
  // Puts the gestures between what the visit has told.
  void handle(std::int64_t began_ms);
  // When the shopper is done with it.
  [[nodiscard]] std::int64_t look_at_feed();
  void tell(std::vector<TimedAction>&& actions);
  [[nodiscard]] std::string event_id(std::uint64_t number) const;
  [[nodiscard]] std::string session() const;

  const MarketplaceOptions& options_;
  const Catalogue& catalogue_;
  std::int64_t end_ms_;
  Persona persona_;
  std::vector<Telling> visit_;  // what is left of the visit being told, the next one last
  std::int64_t visit_ms_ = 0;   // when the next visit begins
  std::uint64_t visit_count_ = 0;
  std::uint64_t event_count_ = 0;    // without gestures, so that these change nobody's ids
  std::uint64_t gesture_count_ = 0;  // events of gestures
};

}  // namespace inkling::sim
