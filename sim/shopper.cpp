#include "sim/shopper.h"

#include <algorithm>

#include "base/core/clock.h"
#include "sim/rhythm.h"
#include "sim/streams.h"

namespace inkling::sim {
namespace {

// Visits lie further apart than the half hour of silence that ends a session, so both ways to cut sessions agree.
constexpr std::int64_t kShortestAbsenceMs = 40 * base::kMinuteMs;
constexpr std::uint64_t kMostEarlierVisits = 8;

}  // namespace

Shopper::Shopper(const MarketplaceOptions& options, const Catalogue& catalogue, std::uint32_t index)
    : catalogue_(catalogue),
      end_ms_(options.start_ms + options.days * base::kDayMs),
      name_("shopper-" + std::to_string(index)),
      random_(base::Random::stream(options.seed, kFirstShopperStream + index)),
      traits_(draw_traits(catalogue, random_)) {
  // At the start everybody is in the middle of something already.
  for (std::uint64_t visits = random_.below(kMostEarlierVisits); visits > 0; --visits) {
    advance_intent(intent_, traits_, random_);
  }
  plan_visit(options.start_ms);
}

std::int64_t Shopper::next_ms() const {
  return visit_.empty() ? visit_ms_ : visit_.back().ts_ms;
}

void Shopper::plan_visit(std::int64_t from_ms) {
  const double gap_ms = traits_.visit_gap_ms * gap_factor(intent_.phase);
  visit_ms_ = next_visit_ms(from_ms, end_ms_, gap_ms, traits_.clock_shift_hours, random_);
}

void Shopper::play_visit() {
  advance_intent(intent_, traits_, random_);
  visit_ = Visit({catalogue_, traits_, intent_, cart_, random_}, visit_ms_).play();
  ++visit_count_;
  plan_visit(visit_.back().ts_ms + kShortestAbsenceMs);
  std::reverse(visit_.begin(), visit_.end());
}

domain::Event Shopper::next() {
  TimedAction timed = std::move(visit_.back());
  visit_.pop_back();
  if (visit_.empty()) visit_ = {};  // gives the memory back until the next visit
  domain::Event event;
  event.id = "sim-" + name_ + "-" + std::to_string(event_count_++);
  event.ts_ms = timed.ts_ms;
  event.shopper = name_;
  event.session = name_ + "-visit-" + std::to_string(visit_count_);
  event.body = std::move(timed.action);
  return event;
}

}  // namespace inkling::sim
