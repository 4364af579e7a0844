#include "sim/driver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/core/clock.h"
#include "sim/event_log.h"
#include "sim/fake_shop.h"

namespace inkling::sim {
namespace {

using domain::ActionKind;
using testing::HasSubstr;

constexpr std::int64_t kStartMs = 1'790'000'000'000;
constexpr std::int64_t kEndMs = kStartMs + 3 * base::kDayMs;

DriverOptions driven(std::uint32_t connections = 1) {
  DriverOptions options;
  options.market.shoppers = 40;
  options.market.items = 100;
  options.market.start_ms = kStartMs;
  options.connections = connections;
  options.run = "r1";
  return options;
}

Counts play(FakeShop& shop, const DriverOptions& options, std::int64_t end_ms = kEndMs) {
  JumpingPacer pacer(kStartMs, end_ms);
  Tally tally;
  const base::Status status = drive(
      options, [&] { return shop.connect(); }, pacer, tally);
  EXPECT_TRUE(status.ok()) << status.message();
  return tally.counts();
}

const domain::Action& action_of(const domain::Event& event) {
  return std::get<domain::Action>(event.body);
}

std::string texts_of(const std::vector<domain::Event>& events) {
  std::string text;
  for (const auto& event : events) text += text_of(event) + "\n";
  return text;
}

TEST(Driver, tells_the_catalogue_and_what_shoppers_do_and_counts_it) {
  FakeShop shop;
  shop.offer("ten-percent");
  const Counts counts = play(shop, driven());
  EXPECT_EQ(shop.items(), 100U);
  EXPECT_EQ(counts.events, shop.events().size() + shop.items());
  EXPECT_EQ(counts.answered[static_cast<std::size_t>(Call::kFeed)], shop.feeds().size());
  EXPECT_EQ(counts.answered[static_cast<std::size_t>(Call::kCoupon)], shop.coupons().size());
  EXPECT_EQ(counts.offers, shop.coupons().size());
  EXPECT_GT(counts.sessions, 100U);
  EXPECT_EQ(counts.error_count(), 0U);
  EXPECT_EQ(counts.unknown_items, shop.feeds().size());
  for (const ActionKind kind : {ActionKind::kView, ActionKind::kClick, ActionKind::kSearch, ActionKind::kCartAdd,
                                ActionKind::kPurchase, ActionKind::kGrant, ActionKind::kRedeem}) {
    const auto& events = shop.events();
    const auto told = std::count_if(events.begin(), events.end(),
                                    [kind](const auto& event) { return action_of(event).action == kind; });
    EXPECT_EQ(counts.of(kind), static_cast<std::uint64_t>(told)) << domain::action_name(kind);
    EXPECT_GT(told, 0) << domain::action_name(kind);
  }
}

TEST(Driver, shopper_time_never_runs_back_and_never_ahead_of_the_pacer) {
  FakeShop shop;
  shop.offer("ten-percent");
  (void)play(shop, driven());
  std::map<std::string, std::int64_t> newest_ms;
  for (const auto& event : shop.events()) {
    std::int64_t& before_ms = newest_ms.try_emplace(event.shopper, kStartMs).first->second;
    ASSERT_GE(event.ts_ms, before_ms) << event.id;
    ASSERT_LE(event.ts_ms, kEndMs);
    before_ms = event.ts_ms;
  }
}

TEST(Driver, answers_to_a_feed_name_its_request_and_follow_it) {
  FakeShop shop;
  (void)play(shop, driven());
  std::map<std::string, const FakeShop::Asked*> feeds;
  for (const auto& asked : shop.feeds()) feeds[asked.request] = &asked;
  std::map<std::string, std::uint64_t> told;  // events by shopper so far
  std::uint64_t clicks = 0;
  for (const auto& event : shop.events()) {
    const std::uint64_t place = told[event.shopper]++;
    const std::string& request = action_of(event).request;
    if (request.empty()) continue;
    ASSERT_TRUE(feeds.contains(request));
    EXPECT_EQ(feeds[request]->shopper, event.shopper);
    EXPECT_EQ(feeds[request]->session, event.session);
    EXPECT_LE(feeds[request]->known_events, place);
    clicks += action_of(event).action == ActionKind::kClick ? 1 : 0;
  }
  EXPECT_GT(clicks, 30U);
}

TEST(Driver, next_page_is_asked_for_once_everything_caused_by_the_last_has_been_told) {
  FakeShop shop;
  (void)play(shop, driven());
  std::map<std::string, std::uint64_t> last_caused;  // request -> the shopper's events up to the last that names it
  std::map<std::string, std::uint64_t> told;
  for (const auto& event : shop.events()) last_caused[action_of(event).request] = ++told[event.shopper];
  std::map<std::string, const FakeShop::Asked*> page_before;  // by session
  std::uint64_t next_pages = 0;
  for (const auto& asked : shop.feeds()) {
    const FakeShop::Asked*& before = page_before[asked.session];
    EXPECT_EQ(asked.cursor, before == nullptr ? "" : "next");
    if (before != nullptr && last_caused.contains(before->request)) {
      EXPECT_LE(last_caused[before->request], asked.known_events);
      ++next_pages;
    }
    before = &asked;
  }
  EXPECT_GT(next_pages, 10U);
}

TEST(Driver, lost_answers_are_told_again_under_the_same_ids_and_change_nothing) {
  DriverOptions options = driven();
  options.coupon = options.market.feed = false;  // a question asked again is another request
  FakeShop sure;
  (void)play(sure, options);
  FakeShop losing;
  losing.lose_every(3);
  const Counts counts = play(losing, options);
  EXPECT_GT(counts.retries, 50U);
  EXPECT_GT(losing.told_again(), 50U);
  EXPECT_EQ(counts.error_count(), 0U);
  EXPECT_EQ(counts.events, losing.events().size() + losing.items());
  EXPECT_EQ(texts_of(losing.events()), texts_of(sure.events()));
}

TEST(Driver, gives_up_after_pauses_that_grow_and_counts_one_error) {
  FakeShop shop;
  shop.refuse_feeds(base::unavailable("overloaded"));
  DriverOptions options = driven();
  options.market.shoppers = 1;
  options.sessions = 1;
  // The first visit of shopper 0 that opens the feed.
  Counts counts;
  for (options.market.seed = 1; counts.errors.empty() && options.market.seed < 20; ++options.market.seed) {
    FakeShop closed;
    closed.refuse_feeds(base::unavailable("overloaded"));
    JumpingPacer pacer(kStartMs, kEndMs);
    Tally tally;
    ASSERT_TRUE(drive(
                    options, [&] { return closed.connect(); }, pacer, tally)
                    .ok());
    counts = tally.counts();
    if (counts.errors.empty()) continue;
    EXPECT_EQ(pacer.pauses(), (std::vector<std::int64_t>{50, 100, 200, 400, 800, 1600, 2000, 2000, 2000}));
  }
  EXPECT_EQ(counts.errors, (std::map<std::string, std::uint64_t>{{"feed: unavailable, however often tried", 1}}));
  EXPECT_EQ(counts.first_error, "feed: overloaded");
  EXPECT_GT(counts.events, 100U) << "the visit went on without a feed";
}

TEST(Driver, refusals_are_not_tried_again) {
  FakeShop shop;
  shop.refuse_feeds(base::not_found("scene: \"feed\" does not exist"));
  const Counts counts = play(shop, driven());
  EXPECT_EQ(counts.retries, 0U);
  EXPECT_GT(counts.errors.at("feed: not found"), 50U);
}

TEST(Driver, begins_no_more_visits_than_asked_for_whatever_the_connections) {
  for (const std::uint32_t connections : {1U, 3U}) {
    FakeShop shop;
    DriverOptions options = driven(connections);
    options.sessions = 17;
    EXPECT_EQ(play(shop, options).sessions, 17U);
    std::set<std::string> sessions;
    for (const auto& event : shop.events()) sessions.insert(event.session);
    EXPECT_EQ(sessions.size(), 17U);
    // Nobody waits for visits that will not be.
    EXPECT_LT(shop.events().back().ts_ms, kEndMs - base::kDayMs);
  }
}

TEST(Driver, switches_leave_out_feed_and_coupon) {
  FakeShop shop;
  DriverOptions options = driven();
  options.market.feed = options.coupon = false;
  (void)play(shop, options);
  EXPECT_TRUE(shop.feeds().empty());
  EXPECT_TRUE(shop.coupons().empty());
  EXPECT_FALSE(shop.events().empty());
}

// With gestures a shopper's mood decides; see sim/mood.h.
DriverOptions driven_with_gestures() {
  DriverOptions options = driven();
  options.market.gestures = true;
  options.market.shoppers = 60;
  return options;
}

std::uint64_t purchases(const Counts& counts) {
  return counts.of(ActionKind::kPurchase);
}

TEST(Driver, gestures_are_told_in_the_order_of_time_once_they_have_happened) {
  FakeShop shop;
  (void)play(shop, driven_with_gestures());
  std::map<std::string, std::int64_t> reached_ms;
  std::uint64_t gesture_events = 0;
  for (const auto& event : shop.events()) {
    std::int64_t& before_ms = reached_ms.try_emplace(event.shopper, kStartMs).first->second;
    ASSERT_GE(event.ts_ms, before_ms) << event.id;
    before_ms = event.ts_ms;
    const auto* gestures = std::get_if<domain::Gestures>(&event.body);
    if (gestures == nullptr) continue;
    for (const auto& swipe : gestures->swipes) before_ms = std::max(before_ms, event.ts_ms + swipe.offset_ms);
    for (const auto& tap : gestures->taps) before_ms = std::max(before_ms, event.ts_ms + tap.offset_ms);
    ASSERT_LE(before_ms, kEndMs);
    ++gesture_events;
  }
  EXPECT_GT(gesture_events, 2'000U);
}

TEST(Driver, coupon_makes_those_buy_whom_it_makes_buy) {
  FakeShop stingy;
  const Counts without = play(stingy, driven_with_gestures());
  FakeShop generous;
  generous.offer("ten-percent");
  const Counts with = play(generous, driven_with_gestures());
  EXPECT_GT(static_cast<double>(purchases(with)), 1.15 * static_cast<double>(purchases(without)));
  EXPECT_GT(with.of(ActionKind::kRedeem), 0U);
  EXPECT_EQ(without.of(ActionKind::kRedeem), 0U);
}

TEST(Driver, coupon_may_change_a_mind_in_the_visit_in_which_it_is_given) {
  DriverOptions options = driven_with_gestures();
  options.market.shoppers = 150;
  options.market.feed = false;  // then all of a visit is decided when it begins
  FakeShop shop;
  shop.offer("ten-percent");
  (void)play(shop, options);
  std::map<std::string, std::string> first_granted;  // shopper -> visit
  int changed = 0;
  for (const auto& event : shop.events()) {
    const auto* action = std::get_if<domain::Action>(&event.body);
    if (action == nullptr) continue;
    if (action->action == ActionKind::kGrant) first_granted.try_emplace(event.shopper, event.session);
    changed += action->action == ActionKind::kRedeem && first_granted[event.shopper] == event.session ? 1 : 0;
  }
  EXPECT_GT(changed, 5);
}

TEST(Driver, running_shop_gives_its_coupons_itself) {
  DriverOptions options = driven_with_gestures();
  options.market.coupon_share = 0.5;
  EXPECT_THAT(check(options).message(), HasSubstr("gives its coupons itself"));
}

TEST(Driver, another_run_uses_other_ids) {
  FakeShop shop;
  DriverOptions options = driven();
  const Counts first = play(shop, options);
  options.run = "r2";
  const Counts second = play(shop, options);
  EXPECT_EQ(shop.told_again(), 0U);
  EXPECT_EQ(first.events + second.events, shop.events().size() + shop.items());
  options.run = "";
  JumpingPacer pacer(kStartMs, kEndMs);
  Tally tally;
  EXPECT_THAT(drive(
                  options, [&] { return shop.connect(); }, pacer, tally)
                  .message(),
              HasSubstr("run: is empty"));
}

}  // namespace
}  // namespace inkling::sim
