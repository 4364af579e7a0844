#include "sim/shopper.h"

#include <algorithm>
#include <utility>

#include "sim/feed_look.h"
#include "sim/feed_policy.h"
#include "sim/visit.h"

namespace inkling::sim {

Shopper::Shopper(const MarketplaceOptions& options, const Catalogue& catalogue, std::uint32_t index)
    : options_(options),
      catalogue_(catalogue),
      end_ms_(options.start_ms + options.days * base::kDayMs),
      persona_(options, catalogue, index),
      visit_ms_(persona_.plan_visit(options.start_ms, end_ms_)) {}

std::int64_t Shopper::next_ms() const {
  return visit_.empty() ? visit_ms_ : visit_.back().ts_ms;
}

void Shopper::play_visit() {
  advance_intent(persona_.intent, persona_.traits, persona_.random);
  const std::int64_t alone_ms = options_.feed && persona_.opens_feed() ? look_at_feed() : visit_ms_;
  tell(Visit({catalogue_, persona_.traits, persona_.intent, persona_.cart, persona_.random}, alone_ms).play());
  ++visit_count_;
  visit_ms_ = persona_.plan_visit(visit_.back().ts_ms + kShortestAbsenceMs, end_ms_);
  std::reverse(visit_.begin(), visit_.end());
}

std::int64_t Shopper::look_at_feed() {
  FeedLook look(persona_, catalogue_, options_.feed_model, visit_ms_);
  std::vector<std::uint32_t> shown;
  while (look.wants_page()) {
    const std::vector<PolicyItem> items = pick_page(catalogue_, shown, persona_.feed_random);
    // An impression is known by the id of its request, as a server tells it.
    FeedPage page{event_id(event_count_ + visit_.size()), {}, items.size() == kFeedPageSize};
    for (const PolicyItem& item : items) page.goods.push_back(item.goods);
    visit_.push_back({look.now_ms(), impression_of(catalogue_, items, page.request), look.truth(page)});
    tell(look.look_at(page));
  }
  return look.now_ms();
}

void Shopper::tell(std::vector<TimedAction>&& actions) {
  for (TimedAction& timed : actions) visit_.push_back({timed.ts_ms, std::move(timed.action), {}});
}

std::string Shopper::event_id(std::uint64_t number) const {
  return "sim-" + persona_.name + "-" + std::to_string(number);
}

Told Shopper::next() {
  Telling telling = std::move(visit_.back());
  visit_.pop_back();
  if (visit_.empty()) visit_ = {};  // gives the memory back until the next visit
  Told told;
  told.event.id = event_id(event_count_++);
  told.event.ts_ms = telling.ts_ms;
  told.event.shopper = persona_.name;
  told.event.session = persona_.name + "-visit-" + std::to_string(visit_count_);
  told.event.body = std::move(telling.body);
  told.truth = std::move(telling.truth);
  return told;
}

}  // namespace inkling::sim
