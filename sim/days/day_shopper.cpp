#include "sim/days/day_shopper.h"

#include <algorithm>
#include <utility>

#include "sim/rhythm.h"
#include "sim/streams.h"

namespace inkling::sim::days {
namespace {

constexpr double kGapFactor = 1.5;  // between trips, relative to visits of ordinary days

}  // namespace

DayShopper::DayShopper(const MarketplaceOptions& market, const DaysWorld& world, const AddOnPolicy& policy,
                       std::uint32_t index, std::int64_t start_ms, std::int64_t end_ms)
    : world_(world),
      policy_(policy),
      end_ms_(end_ms),
      persona_(market, world.catalogue, index),
      trip_random_(base::Random::stream(market.seed, kFirstTripStream + index)),
      shop_random_(base::Random::stream(market.seed, kFirstAddOnStream + index)),
      shuffled_(shop_random_.chance(world.options.shuffled_arm)),
      next_ms_(plan(start_ms)) {}

std::int64_t DayShopper::plan(std::int64_t from_ms) {
  return next_visit_ms(from_ms, end_ms_, kGapFactor * persona_.traits.visit_gap_ms, persona_.traits.clock_shift_hours,
                       trip_random_);
}

std::vector<domain::Event> DayShopper::play_trip(const std::function<void(const AnswerTruth&)>& on_answer,
                                                 TripTruth& truth) {
  ++trip_count_;
  std::vector<domain::Event> events;
  Trip trip(world_, persona_, basket_, trip_random_, next_ms_);
  tell(trip.fill(), events);
  while (trip.wants_answer()) show(trip, events, on_answer);
  tell(trip.pay(), events);
  truth = trip.truth();
  truth.session = events.front().session;
  truth.arm = shuffled_ ? kShuffledArm : kRecallArm;
  if (truth.order) truth.order->order = events.back().id;
  next_ms_ = plan(trip.now_ms() + kShortestAbsenceMs);
  return events;
}

void DayShopper::show(Trip& trip, std::vector<domain::Event>& events,
                      const std::function<void(const AnswerTruth&)>& on_answer) {
  page_ = trip.wants_first_page() ? 0 : page_ + 1;
  if (trip.wants_new_list()) {
    list_ = policy_.propose(
        {trip.standing().gap_cents(), basket_.ticked_leaves(world_.catalogue), trip.recent_leaves(), shuffled_},
        basket_, shop_random_);
  }
  const std::size_t begin = std::min(page_ * kAddOnPageSize, list_.size());
  const std::size_t end = std::min(begin + kAddOnPageSize, list_.size());
  if (begin == end) return trip.give_up();
  FeedPage page{"sim-days-" + persona_.name + "-" + std::to_string(event_count_), {}, end < list_.size()};
  for (std::size_t i = begin; i < end; ++i) page.goods.push_back(list_[i].goods);
  events.push_back(
      event(trip.now_ms(),
            impression_of(world_.catalogue, std::span(list_).subspan(begin, end - begin), page.request, basket_,
                          trip.standing(), world_.options.ladder.id, shuffled_ ? kShuffledArm : kRecallArm)));
  if (on_answer) on_answer(trip.truth(page));
  tell(trip.look_at(page), events);
}

void DayShopper::tell(std::vector<TimedAction>&& actions, std::vector<domain::Event>& events) {
  for (TimedAction& timed : actions) events.push_back(event(timed.ts_ms, std::move(timed.action)));
}

domain::Event DayShopper::event(std::int64_t ts_ms, domain::EventBody&& body) {
  domain::Event event;
  event.id = "sim-days-" + persona_.name + "-" + std::to_string(event_count_++);
  event.ts_ms = ts_ms;
  event.shopper = persona_.name;
  event.session = persona_.name + "-trip-" + std::to_string(trip_count_);
  event.body = std::move(body);
  return event;
}

}  // namespace inkling::sim::days
