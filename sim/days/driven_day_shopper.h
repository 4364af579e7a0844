// A simulated shopper of promotion days who plays against a running shop: fills a cart, asks its scene for what
// completes it, and acts on what comes. Everything done so far is posted before the next question. The same trips as
// in a log (day_shopper.h), with the shop's answers in place of the built-in policy's.
// Ownership: what it is given outlives it. Thread safety: one thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/days/basket.h"
#include "sim/days/options.h"
#include "sim/days/trip.h"
#include "sim/driver_options.h"
#include "sim/events_ahead.h"
#include "sim/persona.h"
#include "sim/player.h"

namespace inkling::sim::days {

struct DriveDays {
  DaysOptions days;
  std::string scene = "add-on";
};

class DrivenDayShopper final : public Player {
 public:
  DrivenDayShopper(const DriverOptions& options, const DriveDays& drive, const Catalogue& catalogue,
                   std::uint32_t index);

  [[nodiscard]] std::int64_t next_ms() const override;
  [[nodiscard]] bool is_away() const override { return !trip_.has_value(); }
  void step(Shop& shop, std::int64_t now_ms, Tally& tally) override;
  void finish(Shop& shop, std::int64_t now_ms, Tally& tally) override;

 private:
  void begin_trip(Tally& tally);
  void end_trip();
  void ask(Shop& shop, Tally& tally);
  void count(const AddOnAnswer& answer, const FeedPage& page, Tally& tally) const;
  [[nodiscard]] AddOnQuestion question() const;
  void expect(std::vector<TimedAction>&& actions);
  [[nodiscard]] std::int64_t plan(std::int64_t from_ms);

  const DriverOptions& options_;
  const DriveDays& drive_;
  DaysWorld world_;
  Persona persona_;
  base::Random trip_random_;
  Basket basket_;
  std::optional<Trip> trip_;
  bool paid_ = false;
  std::string session_;
  std::string cursor_;
  EventsAhead ahead_;
  std::int64_t told_ms_ = 0;
  std::int64_t next_ms_ = 0;
  std::uint64_t trip_count_ = 0;
  std::uint64_t event_count_ = 0;
};

// For driver.h: such shoppers. What it is given outlives the drive; the shop has the ladder in force before they
// come.
[[nodiscard]] MakePlayer day_shoppers(const DriverOptions& options, const DriveDays& drive);

}  // namespace inkling::sim::days
