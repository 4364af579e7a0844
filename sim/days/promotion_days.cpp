#include "sim/days/promotion_days.h"

#include <deque>
#include <map>
#include <queue>
#include <tuple>
#include <utility>

#include "base/core/clock.h"
#include "sim/days/day_shopper.h"

namespace inkling::sim::days {
namespace {

// Events of trips under way, told once nothing earlier can come.
class Waiting {
 public:
  void add(std::size_t shopper, std::vector<domain::Event>&& events) {
    for (domain::Event& event : events) {
      const std::int64_t ts_ms = event.ts_ms;
      events_.emplace(Turn(ts_ms, shopper, count_++), std::move(event));
    }
  }
  // All before until_ms.
  base::Status tell(std::int64_t until_ms, const PromotionDays::OnEvent& on_event) {
    while (!events_.empty() && std::get<0>(events_.begin()->first) < until_ms) {
      auto first = events_.extract(events_.begin());
      INKLING_TRY(on_event(std::move(first.mapped())));
    }
    return base::Status::ok_status();
  }

 private:
  using Turn = std::tuple<std::int64_t, std::size_t, std::uint64_t>;  // ts_ms, shopper, number
  std::map<Turn, domain::Event> events_;
  std::uint64_t count_ = 0;
};

}  // namespace

std::int64_t PromotionDays::start_ms() const {
  return market_.start_ms + market_.days * base::kDayMs;
}

std::int64_t PromotionDays::end_ms() const {
  return start_ms() + options_.days * base::kDayMs;
}

base::Status PromotionDays::generate(const OnEvent& on_event, const OnAnswer& on_answer,
                                     const OnTrip& on_trip) const {
  INKLING_TRY(check(market_));
  INKLING_TRY(check(options_));
  if (options_.days == 0) return base::Status::ok_status();
  const Catalogue catalogue(market_);
  const DaysWorld world{options_, catalogue, Complements(market_.seed), end_ms()};
  const AddOnPolicy policy(catalogue);
  domain::Event promotion;
  promotion.id = "sim-days-" + options_.ladder.id;
  promotion.ts_ms = start_ms();
  promotion.body = promotion_of(options_.ladder, market_.currency, start_ms(), end_ms());
  INKLING_TRY(on_event(std::move(promotion)));
  std::deque<DayShopper> shoppers;
  using Turn = std::pair<std::int64_t, std::size_t>;  // when, who
  std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns;
  for (std::uint32_t i = 0; i < market_.shoppers; ++i) {
    shoppers.emplace_back(market_, world, policy, i, start_ms(), end_ms());
    turns.emplace(shoppers.back().next_ms(), i);
  }
  Waiting waiting;
  while (!turns.empty() && turns.top().first < end_ms()) {
    const auto [ts_ms, index] = turns.top();
    turns.pop();
    INKLING_TRY(waiting.tell(ts_ms, on_event));
    TripTruth truth;
    waiting.add(index, shoppers[index].play_trip(on_answer, truth));
    if (on_trip) on_trip(truth);
    turns.emplace(shoppers[index].next_ms(), index);
  }
  return waiting.tell(domain::kLastTimeMs, on_event);
}

}  // namespace inkling::sim::days
