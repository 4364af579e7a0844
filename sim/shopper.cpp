#include "sim/shopper.h"

#include <algorithm>
#include <utility>

#include "sim/coupon_deeds.h"
#include "sim/cues.h"
#include "sim/feed_look.h"
#include "sim/feed_policy.h"
#include "sim/handling.h"
#include "sim/visit.h"

namespace inkling::sim {
namespace {

// Of a visit that began with one by chance; whoever comes back later has to be given another.
constexpr const char* kCoupon = "sim-coupon";
constexpr std::int64_t kCouponLivesMs = 2 * base::kHourMs;

}  // namespace

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
  persona_.begin_visit(options_);
  ++visit_count_;
  std::unique_ptr<VisitTruth> truth;
  if (persona_.resolve.has_value()) truth = std::make_unique<VisitTruth>(visit_truth());
  if (truth != nullptr && truth->resolve.has_coupon) take_coupon();
  const std::int64_t alone_ms = options_.feed && persona_.opens_feed() ? look_at_feed() : visit_ms_;
  tell(Visit(persona_.context(catalogue_, persona_.random), alone_ms).play());
  const std::int64_t began_ms = visit_ms_;
  visit_ms_ = persona_.plan_visit(visit_.back().ts_ms + kShortestAbsenceMs, end_ms_);
  if (options_.gestures) handle(began_ms);
  visit_.front().visit = std::move(truth);
  std::reverse(visit_.begin(), visit_.end());
}

VisitTruth Shopper::visit_truth() const {
  return {persona_.name, session(), visit_ms_, persona_.intent.phase, *persona_.resolve};
}

void Shopper::take_coupon() {
  visit_.push_back({visit_ms_, grant_of(kCoupon, visit_ms_ + kCouponLivesMs), {}, {}});
}

void Shopper::handle(std::int64_t began_ms) {
  Handling handling(persona_.finger_random);
  handling.begin_visit(draw_cues(options_.signals, persona_.resolve->mood, persona_.finger_random), began_ms);
  std::vector<Telling> told;
  std::vector<TimedGestures> batches;
  const auto tell_batches = [&] {
    for (TimedGestures& batch : batches) told.push_back({batch.ts_ms, std::move(batch.gestures), {}, {}});
    batches.clear();
  };
  for (Telling& telling : visit_) {
    if (const auto* action = std::get_if<domain::Action>(&telling.body)) {
      handling.follow(*action, telling.ts_ms, batches);
    } else {
      handling.see_feed(telling.ts_ms, batches);
    }
    tell_batches();
    told.push_back(std::move(telling));
  }
  handling.leave(batches);
  tell_batches();
  visit_ = std::move(told);
}

std::int64_t Shopper::look_at_feed() {
  FeedLook look(persona_, catalogue_, options_.feed_model, visit_ms_);
  std::vector<std::uint32_t> shown;
  while (look.wants_page()) {
    const std::vector<PolicyItem> items = pick_page(catalogue_, shown, persona_.feed_random);
    // An impression is known by the id of its request, as a server tells it.
    FeedPage page{event_id(event_count_ + visit_.size()), {}, items.size() == kFeedPageSize};
    for (const PolicyItem& item : items) page.goods.push_back(item.goods);
    visit_.push_back({look.now_ms(), impression_of(catalogue_, items, page.request), look.truth(page), {}});
    tell(look.look_at(page));
  }
  return look.now_ms();
}

void Shopper::tell(std::vector<TimedAction>&& actions) {
  const bool redeems = persona_.resolve.has_value() && persona_.resolve->has_coupon;
  for (TimedAction& timed : actions) {
    if (redeems && timed.action.action == domain::ActionKind::kPurchase) {
      visit_.push_back({timed.ts_ms, redeem_for(timed.action, kCoupon), {}, {}});
    }
    visit_.push_back({timed.ts_ms, std::move(timed.action), {}, {}});
  }
}

std::string Shopper::event_id(std::uint64_t number) const {
  return "sim-" + persona_.name + "-" + std::to_string(number);
}

std::string Shopper::session() const {
  return persona_.name + "-visit-" + std::to_string(visit_count_);
}

Told Shopper::next() {
  Telling telling = std::move(visit_.back());
  visit_.pop_back();
  if (visit_.empty()) visit_ = std::vector<Telling>();  // gives the memory back until the next visit
  Told told;
  const bool is_gestures = std::holds_alternative<domain::Gestures>(telling.body);
  told.event.id =
      is_gestures ? "sim-" + persona_.name + "-g" + std::to_string(gesture_count_++) : event_id(event_count_++);
  told.event.ts_ms = telling.ts_ms;
  told.event.shopper = persona_.name;
  told.event.session = session();
  told.event.body = std::move(telling.body);
  told.truth = std::move(telling.truth);
  told.visit = std::move(telling.visit);
  return told;
}

}  // namespace inkling::sim
