// A simulated shopper who plays against a running shop: what they see decides what they do. A visit begins with the
// feed, page by page; then comes what they find alone. Everything done so far is posted before the next question, so
// an answer may rest on it. Now and then the shop is asked for a coupon, which helps them decide.
// Not for retries (retrying_shop.h) nor for waiting (driver.h). Thread safety: one thread. Ownership: options and
// catalogue outlive the shopper. Memory: the persona and at most one visit.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/catalogue.h"
#include "sim/driver_options.h"
#include "sim/events_ahead.h"
#include "sim/feed_look.h"
#include "sim/handling.h"
#include "sim/persona.h"
#include "sim/player.h"
#include "sim/shop.h"
#include "sim/tally.h"

namespace inkling::sim {

class DrivenShopper final : public Player {
 public:
  DrivenShopper(const DriverOptions& options, const Catalogue& catalogue, std::uint32_t index);
  DrivenShopper(const DrivenShopper&) = delete;
  DrivenShopper& operator=(const DrivenShopper&) = delete;

  [[nodiscard]] std::int64_t next_ms() const override;
  [[nodiscard]] bool is_away() const override { return stage_ == Stage::kAway; }
  void step(Shop& shop, std::int64_t now_ms, Tally& tally) override;
  void finish(Shop& shop, std::int64_t now_ms, Tally& tally) override;

 private:
  enum class Stage : std::uint8_t { kAway, kFeed, kAlone };

  void begin_visit(Tally& tally);
  void ask_feed(Shop& shop, Tally& tally);
  void leave_feed();
  void end_visit();
  [[nodiscard]] bool tell(Shop& shop, std::int64_t now_ms, Tally& tally);
  void ask_coupon(Shop& shop, Tally& tally);
  void take_coupon(const CouponAnswer& answer);
  void redeem(domain::Action& purchase, std::int64_t ts_ms);
  void expect(std::vector<TimedAction>&& actions);
  void expect_gestures();
  void change_mind();
  [[nodiscard]] domain::Event event(std::int64_t ts_ms, domain::EventBody&& body);

  const DriverOptions& options_;
  const Catalogue& catalogue_;
  Persona persona_;
  base::Random coupon_random_;
  Stage stage_ = Stage::kAway;
  std::optional<FeedLook> look_;
  std::string cursor_;
  std::string session_;
  std::string coupon_;  // granted, and neither used nor expired
  std::int64_t coupon_until_ms_ = 0;
  std::unique_ptr<Handling> handling_;  // of this visit; only with gestures
  std::vector<TimedGestures> batches_;  // that it has left and nobody expects yet
  EventsAhead ahead_;                   // of this visit
  std::int64_t next_ms_ = 0;            // of the next question or visit, once nothing is ahead
  std::int64_t told_ms_ = 0;            // of the newest event told
  std::uint64_t visit_count_ = 0;
  std::uint64_t event_count_ = 0;
};

}  // namespace inkling::sim
