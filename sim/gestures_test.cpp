// Gestures in the simulated log: their amounts, their order and what must never depend on anything.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/core/clock.h"
#include "base/core/hash.h"
#include "sim/app_tables.h"
#include "sim/event_log.h"
#include "sim/gesture_log.h"
#include "sim/marketplace.h"

namespace inkling::sim {
namespace {

using testing::HasSubstr;

const std::vector<domain::Event>& shared_log() {
  static const std::vector<domain::Event> log = all_events(gesture_options());
  return log;
}

std::string text_of_all(const MarketplaceOptions& options) {
  std::string text;
  for (const auto& event : all_events(options)) text += text_of(event) + "\n";
  return text;
}

TEST(Gestures, amounts_are_those_of_the_published_system) {
  std::set<std::pair<std::string, std::int64_t>> active_days;
  double browse = 0;
  double swipes = 0;
  double taps = 0;
  for (const auto& event : shared_log()) {
    if (event.shopper.empty()) continue;
    active_days.emplace(event.shopper, event.ts_ms / base::kDayMs);
    if (const auto* gestures = std::get_if<domain::Gestures>(&event.body)) {
      swipes += static_cast<double>(gestures->swipes.size());
      taps += static_cast<double>(gestures->taps.size());
    }
    browse += std::holds_alternative<domain::Action>(event.body) ? 1 : 0;
  }
  const auto days = static_cast<double>(active_days.size());
  EXPECT_NEAR(browse / days, 40, 6);
  EXPECT_NEAR(taps / days, 370, 55);
  EXPECT_NEAR(swipes / days, 1'510, 225);
}

TEST(Gestures, any_number_of_threads_tells_the_same_bytes) {
  MarketplaceOptions options = gesture_options();
  options.coupon_share = 0.5;
  options.shoppers = 20;
  options.threads = 1;
  const std::string alone = text_of_all(options);
  for (const std::uint32_t threads : {2U, 5U}) {
    options.threads = threads;
    EXPECT_TRUE(text_of_all(options) == alone) << threads << " threads";
  }
  options.seed = 2;
  EXPECT_FALSE(text_of_all(options) == alone);
}

TEST(Gestures, shoppers_own_do_not_depend_on_how_many_others_there_are) {
  MarketplaceOptions options = gesture_options();
  options.days = 4;
  const auto text_of_seventh = [](const MarketplaceOptions& some) {
    std::string text;
    for (const auto& event : all_events(some)) text += event.shopper == "shopper-7" ? text_of(event) : "";
    return text;
  };
  options.shoppers = 8;
  const std::string alone = text_of_seventh(options);
  options.shoppers = 30;
  EXPECT_FALSE(alone.empty());
  EXPECT_TRUE(alone == text_of_seventh(options));
}

// Computed before there were gestures.
TEST(Gestures, without_them_the_log_is_what_it_was_before_they_came) {
  MarketplaceOptions options = gesture_options();
  options.gestures = false;
  options.shoppers = 20;
  options.signals = {false, false, false, false, false, false};  // of no effect
  std::string text;
  for (const auto& event : all_events(options)) {
    const auto* action = std::get_if<domain::Action>(&event.body);
    text += event.id + std::to_string(event.ts_ms) + event.session + (action != nullptr ? action->item : "") + "\n";
  }
  EXPECT_EQ(base::name_hash(text), 3'636'268'249'341'311'196U);
}

std::int64_t last_ms(const domain::Event& event, const domain::Gestures& gestures) {
  std::int32_t offset_ms = 0;
  for (const auto& swipe : gestures.swipes) offset_ms = std::max(offset_ms, swipe.offset_ms);
  for (const auto& tap : gestures.taps) offset_ms = std::max(offset_ms, tap.offset_ms);
  return event.ts_ms + offset_ms;
}

template <typename Gesture>
void expect_oldest_first(const std::vector<Gesture>& gestures) {
  std::int32_t before_ms = 0;
  for (const auto& gesture : gestures) {
    ASSERT_GE(gesture.offset_ms, before_ms);
    before_ms = gesture.offset_ms;
  }
}

TEST(Gestures, come_in_the_order_of_time_and_never_reach_past_the_next_event) {
  std::map<std::string, std::int64_t> reached_ms;
  std::map<std::string, std::int64_t> gesture_events;
  for (const auto& event : shared_log()) {
    if (event.shopper.empty()) continue;
    std::int64_t& before_ms = reached_ms.try_emplace(event.shopper, 0).first->second;
    ASSERT_GE(event.ts_ms, before_ms) << event.id;
    before_ms = event.ts_ms;
    const auto* gestures = std::get_if<domain::Gestures>(&event.body);
    if (gestures == nullptr) continue;
    ASSERT_EQ(event.id, "sim-" + event.shopper + "-g" + std::to_string(gesture_events[event.shopper]++));
    before_ms = last_ms(event, *gestures);
    expect_oldest_first(gestures->swipes);
    expect_oldest_first(gestures->taps);
  }
}

TEST(Gestures, are_what_the_wire_takes) {
  std::size_t largest = 0;
  for (const auto& event : shared_log()) {
    const auto* gestures = std::get_if<domain::Gestures>(&event.body);
    if (gestures == nullptr) continue;
    ASSERT_LE(gestures->swipes.size(), domain::kMaxSwipes);
    ASSERT_LE(gestures->taps.size(), domain::kMaxTaps);
    ASSERT_GT(gestures->swipes.size() + gestures->taps.size(), 0U);
    largest = std::max(largest, gestures->swipes.size());
    for (const auto& swipe : gestures->swipes) {
      ASSERT_GT(swipe.duration_ms, 0);
      ASSERT_LE(swipe.duration_ms, swipe.offset_ms);
      for (const int place : {swipe.start_x, swipe.start_y, swipe.end_x, swipe.end_y}) {
        ASSERT_TRUE(place >= 0 && place <= 10'000) << place;
      }
      for (const int place : {swipe.tap_x, swipe.tap_y}) ASSERT_TRUE(place >= -1 && place <= 10'000) << place;
      ASSERT_TRUE(swipe.page >= 1 && swipe.page <= static_cast<int>(Page::kCheckout));
    }
  }
  EXPECT_EQ(largest, domain::kMaxSwipes);
}

TEST(Gestures, silence_of_half_an_hour_still_ends_a_visit_and_nothing_else_does) {
  std::map<std::string, const domain::Event*> before;
  for (const auto& event : shared_log()) {
    if (event.shopper.empty()) continue;
    const domain::Event*& last = before[event.shopper];
    if (last != nullptr) {
      const auto* gestures = std::get_if<domain::Gestures>(&last->body);
      const std::int64_t silence_ms = event.ts_ms - (gestures == nullptr ? last->ts_ms : last_ms(*last, *gestures));
      ASSERT_EQ(last->session != event.session, silence_ms > 30 * base::kMinuteMs) << event.id;
    }
    last = &event;
  }
}

TEST(Gestures, coupons_by_chance_need_gestures_and_a_share) {
  const auto ignore = [](domain::Event&&) { return base::Status(); };
  MarketplaceOptions options = gesture_options();
  options.coupon_share = 1.5;
  EXPECT_THAT(Marketplace(options).generate(ignore).message(), HasSubstr("coupon_share: 1.5"));
  options.coupon_share = 0.5;
  options.gestures = false;
  EXPECT_THAT(Marketplace(options).generate(ignore).message(), HasSubstr("coupons need gestures"));
}

}  // namespace
}  // namespace inkling::sim
