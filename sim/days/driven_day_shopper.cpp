#include "sim/days/driven_day_shopper.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "sim/rhythm.h"
#include "sim/streams.h"

namespace inkling::sim::days {
namespace {

constexpr std::int64_t kForEver = std::numeric_limits<std::int64_t>::max();
constexpr double kFirstTripMs = 5 * base::kMinuteMs;  // on average: nobody waits for the evening to begin

}  // namespace

DrivenDayShopper::DrivenDayShopper(const DriverOptions& options, const DriveDays& drive, const Catalogue& catalogue,
                                   std::uint32_t index)
    : options_(options),
      drive_(drive),
      world_{drive.days, catalogue, Complements(options.market.seed)},
      persona_(options.market, catalogue, index),
      trip_random_(base::Random::stream(options.market.seed, kFirstTripStream + index)),
      told_ms_(options.market.start_ms),
      next_ms_(options.market.start_ms + static_cast<std::int64_t>(trip_random_.exponential(kFirstTripMs))) {}

std::int64_t DrivenDayShopper::next_ms() const {
  return ahead_.empty() ? next_ms_ : end_ms(ahead_.front());
}

void DrivenDayShopper::step(Shop& shop, std::int64_t now_ms, Tally& tally) {
  if (!ahead_.empty()) {
    const auto told = tell_due(ahead_, shop, now_ms, tally);
    if (!told.ok()) return end_trip();
    told_ms_ = end_ms(told->back());
    if (ahead_.empty() && paid_) end_trip();
    return;
  }
  if (!trip_.has_value()) return begin_trip(tally);
  if (trip_->wants_answer()) return ask(shop, tally);
  expect(trip_->pay());
  paid_ = true;
  if (ahead_.empty()) end_trip();
}

void DrivenDayShopper::finish(Shop& shop, std::int64_t now_ms, Tally& tally) {
  while (!ahead_.empty() && end_ms(ahead_.front()) <= now_ms && tell_due(ahead_, shop, now_ms, tally).ok()) continue;
}

void DrivenDayShopper::begin_trip(Tally& tally) {
  tally.count([](Counts& counts) { ++counts.sessions; });
  session_ = persona_.name + "-" + options_.run + "-trip-" + std::to_string(++trip_count_);
  cursor_.clear();
  paid_ = false;
  trip_.emplace(world_, persona_, basket_, trip_random_, next_ms_);
  expect(trip_->fill());
  next_ms_ = trip_->now_ms();
}

// What was decided and could not be told has not happened; whoever comes back begins with an empty cart.
void DrivenDayShopper::end_trip() {
  if (!ahead_.empty()) basket_.lines.clear();
  ahead_.clear();
  trip_.reset();
  next_ms_ = plan(told_ms_ + kShortestAbsenceMs);
}

std::int64_t DrivenDayShopper::plan(std::int64_t from_ms) {
  return next_visit_ms(from_ms, kForEver, persona_.traits.visit_gap_ms, persona_.traits.clock_shift_hours,
                       trip_random_);
}

AddOnQuestion DrivenDayShopper::question() const {
  AddOnQuestion question{drive_.scene, persona_.name,         session_, options_.page_size,
                         cursor_,      drive_.days.ladder.id, {}};
  for (const BasketLine& line : basket_.lines) {
    question.cart.push_back({world_.catalogue.at(line.goods).item, line.quantity, line.ticked});
  }
  return question;
}

void DrivenDayShopper::ask(Shop& shop, Tally& tally) {
  if (trip_->wants_first_page()) cursor_.clear();
  const auto answer = shop.add_on(question());
  if (!answer.ok()) {
    tally.fail(Call::kAddOn, answer.status());
    return trip_->give_up();
  }
  FeedPage page{answer->page.request, {}, !answer->page.cursor.empty()};
  for (const std::string& item : answer->page.items) {
    page.goods.push_back(world_.catalogue.find(item).value_or(kUnknownGoods));
  }
  count(*answer, page, tally);
  expect(trip_->look_at(page));
  cursor_ = answer->page.cursor;
  next_ms_ = trip_->now_ms();
}

void DrivenDayShopper::count(const AddOnAnswer& answer, const FeedPage& page, Tally& tally) const {
  const std::int64_t gap_cents = trip_->standing().gap_cents();
  const AnswerTruth truth = trip_->truth(page);
  tally.count([&](Counts& counts) {
    ++counts.answered[static_cast<std::size_t>(Call::kAddOn)];
    counts.degraded += answer.page.degraded ? 1 : 0;
    counts.other_gaps += answer.promotion == drive_.days.ladder.id && answer.gap_cents == gap_cents ? 0 : 1;
    counts.positions += page.goods.size();
    for (const std::uint32_t goods : page.goods) {
      counts.unknown_items += goods == kUnknownGoods ? 1 : 0;
      counts.short_positions += goods != kUnknownGoods && world_.catalogue.at(goods).price_cents < gap_cents ? 1 : 0;
    }
    for (const double prob : truth.attraction_probs) counts.attraction += prob;
  });
}

void DrivenDayShopper::expect(std::vector<TimedAction>&& actions) {
  for (TimedAction& timed : actions) {
    domain::Event event;
    event.id = "drive-" + options_.run + "-" + persona_.name + "-" + std::to_string(event_count_++);
    event.ts_ms = timed.ts_ms;
    event.shopper = persona_.name;
    event.session = session_;
    event.body = std::move(timed.action);
    ahead_.push_back(std::move(event));
  }
}

MakePlayer day_shoppers(const DriverOptions& options, const DriveDays& drive) {
  return [&options, &drive](const Catalogue& catalogue, std::uint32_t index) {
    return std::make_unique<DrivenDayShopper>(options, drive, catalogue, index);
  };
}

}  // namespace inkling::sim::days
