#include "sim/driven_shopper.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "sim/coupon_deeds.h"
#include "sim/streams.h"
#include "sim/visit.h"

namespace inkling::sim {
namespace {

using domain::ActionKind;

constexpr std::int64_t kForEver = std::numeric_limits<std::int64_t>::max();
constexpr double kAsksAfterView = 0.1;  // for a coupon; after putting something into the cart always
constexpr double kCouponDecides = 0.4;  // a coupon ends comparing
constexpr std::int64_t kCouponLivesMs = base::kDayMs;
constexpr double kFirstVisitMs = 5 * base::kMinuteMs;  // on average: nobody waits for the evening to begin

}  // namespace

DrivenShopper::DrivenShopper(const DriverOptions& options, const Catalogue& catalogue, std::uint32_t index)
    : options_(options),
      catalogue_(catalogue),
      persona_(options.market, catalogue, index),
      coupon_random_(base::Random::stream(options.market.seed, kFirstCouponStream + index)),
      next_ms_(options.market.start_ms + static_cast<std::int64_t>(persona_.random.exponential(kFirstVisitMs))),
      told_ms_(options.market.start_ms) {}

std::int64_t DrivenShopper::next_ms() const {
  return ahead_.empty() ? next_ms_ : end_ms(ahead_.front());
}

void DrivenShopper::step(Shop& shop, std::int64_t now_ms, Tally& tally) {
  if (!ahead_.empty()) {
    if (!tell(shop, now_ms, tally)) return end_visit();
    if (ahead_.empty() && stage_ == Stage::kAlone) end_visit();
    return;
  }
  if (stage_ == Stage::kAway) begin_visit(tally);
  if (look_.has_value() && look_->wants_page()) {
    ask_feed(shop, tally);
  } else {
    leave_feed();
  }
}

void DrivenShopper::finish(Shop& shop, std::int64_t now_ms, Tally& tally) {
  while (!ahead_.empty() && end_ms(ahead_.front()) <= now_ms && tell(shop, now_ms, tally)) continue;
}

void DrivenShopper::begin_visit(Tally& tally) {
  tally.count([](Counts& counts) { ++counts.sessions; });
  persona_.begin_visit(options_.market);
  if (persona_.resolve.has_value()) {
    persona_.resolve->has_coupon = !coupon_.empty() && next_ms_ <= coupon_until_ms_;
    handling_ = std::make_unique<Handling>(persona_.finger_random);
    handling_->begin_visit(draw_cues(options_.market.signals, persona_.resolve->mood, persona_.finger_random),
                           next_ms_);
  }
  session_ = persona_.name + "-" + options_.run + "-visit-" + std::to_string(++visit_count_);
  cursor_.clear();
  stage_ = Stage::kFeed;
  if (options_.market.feed && persona_.opens_feed()) {
    look_.emplace(persona_, catalogue_, options_.market.feed_model, next_ms_);
  }
}

void DrivenShopper::ask_feed(Shop& shop, Tally& tally) {
  const auto answer = shop.feed({persona_.name, session_, options_.page_size, cursor_});
  if (!answer.ok()) {
    tally.fail(Call::kFeed, answer.status());
    return look_->give_up();
  }
  FeedPage page{answer->request, {}, !answer->cursor.empty()};
  for (const std::string& item : answer->items) {
    page.goods.push_back(catalogue_.find(item).value_or(kUnknownGoods));
  }
  if (handling_ != nullptr) handling_->see_feed(look_->now_ms(), batches_);
  const FeedTruth truth = look_->truth(page);
  tally.count([&](Counts& counts) {
    ++counts.answered[static_cast<std::size_t>(Call::kFeed)];
    counts.degraded += answer->degraded ? 1 : 0;
    counts.positions += page.goods.size();
    counts.unknown_items +=
        static_cast<std::uint64_t>(std::count(page.goods.begin(), page.goods.end(), kUnknownGoods));
    for (const double prob : truth.attraction_probs) counts.attraction += prob;
  });
  expect(look_->look_at(page));
  cursor_ = answer->cursor;
  next_ms_ = look_->now_ms();
}

// What the shopper finds alone is decided as soon as the feed is left.
void DrivenShopper::leave_feed() {
  look_.reset();
  stage_ = Stage::kAlone;
  expect(Visit(persona_.context(catalogue_, persona_.random), next_ms_).play());
}

void DrivenShopper::end_visit() {
  ahead_.clear();
  look_.reset();
  handling_.reset();
  stage_ = Stage::kAway;
  next_ms_ = persona_.plan_visit(told_ms_ + kShortestAbsenceMs, kForEver);
}

bool DrivenShopper::tell(Shop& shop, std::int64_t now_ms, Tally& tally) {
  const auto told = tell_due(ahead_, shop, now_ms, tally);
  if (!told.ok()) return false;
  const bool asks = std::any_of(told->begin(), told->end(), [this](const domain::Event& event) {
    const auto* action = std::get_if<domain::Action>(&event.body);
    if (action == nullptr) return false;
    const ActionKind kind = action->action;
    return kind == ActionKind::kCartAdd || (kind == ActionKind::kView && coupon_random_.chance(kAsksAfterView));
  });
  told_ms_ = end_ms(told->back());
  if (options_.coupon && asks) ask_coupon(shop, tally);
  return true;
}

void DrivenShopper::ask_coupon(Shop& shop, Tally& tally) {
  const auto answer = shop.coupon(persona_.name, session_);
  if (!answer.ok()) return tally.fail(Call::kCoupon, answer.status());
  tally.count([&](Counts& counts) {
    ++counts.answered[static_cast<std::size_t>(Call::kCoupon)];
    counts.degraded += answer->degraded ? 1 : 0;
    counts.offers += answer->offer.empty() ? 0 : 1;
  });
  if (!answer->offer.empty() && coupon_.empty()) take_coupon(*answer);
}

// Told at once; it may make up the shopper's mind for the next visit, and is used for whatever is bought first.
void DrivenShopper::take_coupon(const CouponAnswer& answer) {
  coupon_ = answer.offer;
  coupon_until_ms_ = told_ms_ + kCouponLivesMs;
  domain::Action grant = grant_of(coupon_, coupon_until_ms_);
  grant.request = answer.request;
  ahead_.push_front(event(told_ms_, std::move(grant)));
  if (persona_.resolve.has_value()) return change_mind();
  Intent& intent = persona_.intent;
  if (intent.phase == Phase::kComparing && coupon_random_.chance(kCouponDecides)) intent.phase = Phase::kBuying;
}

// Whoever buys because of the coupon does so in this visit; what is still ahead comes first.
void DrivenShopper::change_mind() {
  persona_.resolve->has_coupon = true;
  if (stage_ != Stage::kAlone || !persona_.resolve->buys()) return;
  expect(Visit(persona_.context(catalogue_, persona_.random), end_ms(ahead_.back())).play_change_of_mind());
}

void DrivenShopper::redeem(domain::Action& purchase, std::int64_t ts_ms) {
  ahead_.push_back(event(ts_ms, redeem_for(purchase, std::exchange(coupon_, {}))));
}

void DrivenShopper::expect(std::vector<TimedAction>&& actions) {
  for (TimedAction& timed : actions) {
    if (timed.ts_ms > coupon_until_ms_) coupon_.clear();
    if (handling_ != nullptr) handling_->follow(timed.action, timed.ts_ms, batches_);
    expect_gestures();
    if (timed.action.action == ActionKind::kPurchase && !coupon_.empty()) redeem(timed.action, timed.ts_ms);
    ahead_.push_back(event(timed.ts_ms, std::move(timed.action)));
  }
}

void DrivenShopper::expect_gestures() {
  for (TimedGestures& batch : batches_) ahead_.push_back(event(batch.ts_ms, std::move(batch.gestures)));
  batches_.clear();
}

domain::Event DrivenShopper::event(std::int64_t ts_ms, domain::EventBody&& body) {
  domain::Event event;
  event.id = "drive-" + options_.run + "-" + persona_.name + "-" + std::to_string(event_count_++);
  event.ts_ms = ts_ms;
  event.shopper = persona_.name;
  event.session = session_;
  event.body = std::move(body);
  return event;
}

}  // namespace inkling::sim
