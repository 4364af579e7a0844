#include "feature/source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string>

#include "base/core/clock.h"
#include "base/core/hash.h"

namespace inkling::feature {
namespace {

using base::kDayMs;
using base::kHourMs;
using base::kMinuteMs;
using base::kSecondMs;
using state::BrowseRecord;
using state::ShopperState;
using state::SwipeRecord;
using state::TapRecord;

template <typename Record, typename Find>
Value read(Find find, std::string_view name, const Record& record, std::int64_t utc_offset_ms = 0) {
  const auto source = find(name);
  EXPECT_TRUE(source.ok()) << name;
  return source.ok() ? (*source)->value(record, LocalTime{utc_offset_ms}) : Value::none();
}

double swipe(std::string_view name, const SwipeRecord& record) {
  const Value value = read(swipe_source, name, record);
  return value.missing ? -999 : value.number;
}
double tap(std::string_view name, const TapRecord& record) {
  const Value value = read(tap_source, name, record);
  return value.missing ? -999 : value.number;
}
double browse(std::string_view name, const BrowseRecord& record, std::int64_t utc_offset_ms = 0) {
  const Value value = read(browse_source, name, record, utc_offset_ms);
  return value.missing ? -999 : value.number;
}

Value statistic(std::string_view name, const ShopperState& state, std::int64_t now_ms, std::int64_t offset_ms = 0) {
  const auto source = statistic_source(name);
  EXPECT_TRUE(source.ok()) << name;
  if (!source.ok()) return Value::none();
  return source->value(state, now_ms, LocalTime{offset_ms}, source->group, source->half_life);
}

SwipeRecord swipe_record() {
  SwipeRecord record;
  record.time = {1000, 7, 40, 30};
  record.swipe = {.offset_ms = 0,
                  .duration_ms = 250,
                  .tap_x = 11,
                  .tap_y = 12,
                  .start_x = 500,
                  .start_y = 9000,
                  .end_x = 450,
                  .end_y = 9300,
                  .page = 3,
                  .action = 4};
  return record;
}

TEST(SwipeSource, gives_the_fourteen_published_features) {
  const SwipeRecord record = swipe_record();
  const std::map<std::string_view, double> expected = {
      {"duration_ms", 250}, {"gap_ms", 30}, {"tap_x", 11},      {"tap_y", 12},     {"start_x", 500},
      {"start_y", 9000},    {"end_x", 450}, {"end_y", 9300},    {"length_x", -50}, {"length_y", 300},
      {"page", 3},          {"action", 4},  {"direction_h", 0}, {"direction_v", 2}};
  ASSERT_EQ(expected.size(), 14U);
  for (const auto& [name, value] : expected) EXPECT_EQ(swipe(name, record), value) << name;
}

TEST(SwipeSource, tells_what_was_not_said_and_where_nothing_moved) {
  SwipeRecord record = swipe_record();
  record.time.view_gap_ms = -1;
  record.swipe.tap_x = record.swipe.tap_y = -1;
  record.swipe.end_x = record.swipe.start_x;
  record.swipe.end_y = static_cast<std::int16_t>(record.swipe.start_y - 1);
  for (const char* name : {"gap_ms", "tap_x", "tap_y"}) {
    EXPECT_TRUE(read(swipe_source, name, record).missing) << name;
  }
  EXPECT_EQ(swipe("direction_h", record), 1);
  EXPECT_EQ(swipe("direction_v", record), 0);
  record.swipe.start_x = -32768;
  record.swipe.end_x = 32767;
  EXPECT_EQ(swipe("length_x", record), 65535);
}

TEST(TapSource, gives_the_three_published_features_and_three_more) {
  TapRecord record;
  record.time = {1000, 7, 40, 30};
  record.tap = {.offset_ms = 0, .x = 1, .y = 2, .page = 3, .event = 4, .button = 5};
  const std::map<std::string_view, double> expected = {{"page", 3}, {"event", 4}, {"button", 5},
                                                       {"x", 1},    {"y", 2},     {"gap_ms", 30}};
  for (const auto& [name, value] : expected) EXPECT_EQ(tap(name, record), value) << name;
  record.time.view_gap_ms = -1;
  EXPECT_TRUE(read(tap_source, "gap_ms", record).missing);
}

BrowseRecord browse_record() {
  BrowseRecord record;
  record.time = {5 * kHourMs + 1, 7, 40, 30 * kSecondMs};  // Thursday, 05:00
  record.action = domain::ActionKind::kCartAdd;
  record.top_category = base::name_hash("shoes");
  record.leaf_category = base::name_hash("boots");
  record.page = base::name_hash("detail");
  record.item = base::name_hash("i1");
  record.stay_ms = 1500;
  record.item_repeat = 2;
  return record;
}

TEST(BrowseSource, gives_the_six_published_features_and_five_more) {
  const BrowseRecord record = browse_record();
  const std::map<std::string_view, std::string_view> names = {
      {"top_category", "shoes"}, {"leaf_category", "boots"}, {"page", "detail"}, {"item", "i1"}};
  for (const auto& [name, text] : names) {
    const Value value = read(browse_source, name, record);
    EXPECT_FALSE(value.missing) << name;
    EXPECT_EQ(value.name, base::name_hash(text)) << name;
    EXPECT_EQ((*browse_source(name))->kind, ValueKind::kName) << name;
  }
  const std::map<std::string_view, double> numbers = {{"action", 9},
                                                      {"stay_ms", 1500},
                                                      {"timestamp", 31},  // 5 * 6 + 1: between 10 s and 1 min after
                                                                          // the one before
                                                      {"gap_ms", 30'000},
                                                      {"hour", 5},
                                                      {"weekday", 3},
                                                      {"item_repeat", 2}};
  for (const auto& [name, value] : numbers) {
    EXPECT_EQ(browse(name, record), value) << name;
    EXPECT_EQ((*browse_source(name))->kind, ValueKind::kNumber) << name;
  }
}

TEST(BrowseSource, what_was_not_said_is_missing) {
  const BrowseRecord nothing;
  for (const char* name : {"top_category", "leaf_category", "page", "item", "stay_ms", "gap_ms"}) {
    EXPECT_TRUE(read(browse_source, name, nothing).missing) << name;
  }
}

TEST(BrowseSource, timestamp_joins_the_hour_with_six_steps_of_silence) {
  const std::pair<std::int64_t, double> steps[] = {
      {0, 0},         {10 * kSecondMs - 1, 0}, {10 * kSecondMs, 1}, {kMinuteMs - 1, 1},
      {kMinuteMs, 2}, {10 * kMinuteMs - 1, 2}, {10 * kMinuteMs, 3}, {kHourMs - 1, 3},
      {kHourMs, 4},   {kDayMs - 1, 4},         {kDayMs, 5},         {40 * kDayMs, 5},
      {-1, 5}};
  BrowseRecord record;
  for (const auto& [gap_ms, step] : steps) {
    record.time.view_gap_ms = gap_ms;
    record.time.ts_ms = 0;
    EXPECT_EQ(browse("timestamp", record), step) << gap_ms;
    record.time.ts_ms = 23 * kHourMs;
    EXPECT_EQ(browse("timestamp", record), 138 + step) << gap_ms;
    EXPECT_EQ(browse("timestamp", record, 2 * kHourMs), 6 + step) << gap_ms;  // 01:00 two hours east
  }
}

TEST(LocalTime, tells_hours_and_weekdays_before_1970_and_across_offsets) {
  const LocalTime utc;
  EXPECT_EQ(utc.hour(0), 0);
  EXPECT_EQ(utc.weekday(0), 3);  // Thursday
  EXPECT_EQ(utc.day(0), 0);
  EXPECT_EQ(utc.hour(-1), 23);
  EXPECT_EQ(utc.weekday(-1), 2);
  EXPECT_EQ(utc.day(-1), -1);
  EXPECT_EQ(utc.hour(-kDayMs), 0);
  EXPECT_EQ(utc.weekday(-kDayMs), 2);
  EXPECT_EQ(utc.weekday(-kDayMs - 1), 1);
  EXPECT_EQ(utc.weekday(-3 * kDayMs), 0);
  EXPECT_EQ(utc.weekday(-3 * kDayMs - 1), 6);
  const std::int64_t monday_ms = 1'700'438'400'000;  // 2023-11-20 00:00 UTC
  EXPECT_EQ(utc.weekday(monday_ms), 0);
  EXPECT_EQ(utc.weekday(monday_ms - 1), 6);
  const LocalTime west{-5 * kHourMs};
  EXPECT_EQ(west.hour(monday_ms), 19);
  EXPECT_EQ(west.weekday(monday_ms), 6);
  EXPECT_EQ(west.weekday(monday_ms + 5 * kHourMs), 0);
  const LocalTime east{5 * kHourMs + 30 * kMinuteMs};
  EXPECT_EQ(east.hour(monday_ms), 5);
  EXPECT_EQ(east.hour(monday_ms + 30 * kMinuteMs), 6);
  EXPECT_EQ(east.weekday(monday_ms + 18 * kHourMs + 30 * kMinuteMs), 1);
  EXPECT_EQ(east.hour(-6 * kHourMs), 23);
}

ShopperState state_by_hand() {
  ShopperState state;
  state.first_ms = 1000;
  state.last_record_ms = 5000;
  state.active_days = 3;
  state.spent_cents = 1299;
  auto& views = state.groups[static_cast<std::size_t>(state::ActionGroup::kView)];
  views.decayed = {8, 4, 2, 1, 1};
  views.as_of_ms = views.last_ms = 5000;
  views.total = 12;
  views.active_days = 2;
  state.cart.push_back({"a", 2, true, 150, 0});
  state.cart.push_back({"b", 3, false, 1000, 0});
  state.cart.push_back({"c", 1, true, -1, 0});  // price not said
  return state;
}

TEST(StatisticSource, reads_a_state_made_by_hand) {
  const ShopperState state = state_by_hand();
  const std::map<std::string_view, double> expected = {
      {"active_days", 3},    {"age_ms", 5000},         {"idle_ms", 1000},  {"hour", 0},
      {"weekday", 3},        {"cart.items", 6},        {"cart.ticked", 3}, {"cart.cents", 3300},
      {"spent_cents", 1299}, {"total.view", 12},       {"days.view", 2},   {"recency.view", 1000},
      {"total.purchase", 0}, {"count.purchase.30d", 0}};
  for (const auto& [name, value] : expected) {
    EXPECT_FALSE(statistic(name, state, 6000).missing) << name;
    EXPECT_EQ(statistic(name, state, 6000).number, value) << name;
  }
}

TEST(StatisticSource, counts_fade_with_their_own_half_life) {
  const ShopperState state = state_by_hand();
  EXPECT_DOUBLE_EQ(statistic("count.view.1h", state, 5000).number, 8);
  EXPECT_DOUBLE_EQ(statistic("count.view.1h", state, 5000 + kHourMs).number, 4);
  EXPECT_DOUBLE_EQ(statistic("count.view.1d", state, 5000 + kDayMs).number, 2);
  EXPECT_DOUBLE_EQ(statistic("count.view.3d", state, 5000 + 6 * kDayMs).number, 0.5);
  EXPECT_DOUBLE_EQ(statistic("count.view.7d", state, 5000 + 7 * kDayMs).number, 0.5);
  EXPECT_DOUBLE_EQ(statistic("count.view.30d", state, 5000 + 30 * kDayMs).number, 0.5);
}

TEST(StatisticSource, recent_days_fade_by_thirty_days) {
  ShopperState state;
  auto& purchases = state.groups[static_cast<std::size_t>(state::ActionGroup::kPurchase)];
  purchases.decayed_days = 3;
  purchases.as_of_ms = 5000;
  EXPECT_DOUBLE_EQ(statistic("recent_days.purchase", state, 5000).number, 3);
  EXPECT_DOUBLE_EQ(statistic("recent_days.purchase", state, 5000 + 30 * kDayMs).number, 1.5);
  EXPECT_EQ(statistic("recent_days.view", state, 5000).number, 0);
}

TEST(StatisticSource, today_is_the_last_active_day_for_24_hours_after_its_last_record) {
  ShopperState state;
  EXPECT_EQ(statistic("today_records", state, 0).number, 0);
  state.last_record_ms = 7000;
  state.last_day_records = 5;
  EXPECT_EQ(statistic("today_records", state, 7000).number, 5);
  EXPECT_EQ(statistic("today_records", state, 6999 + kDayMs).number, 5);
  EXPECT_EQ(statistic("today_records", state, 7000 + kDayMs).number, 0);
}

TEST(StatisticSource, what_never_happened_is_missing_and_time_never_runs_backwards) {
  const ShopperState nobody;
  for (const char* name : {"age_ms", "idle_ms", "recency.view", "recency.purchase"}) {
    EXPECT_TRUE(statistic(name, nobody, 6000).missing) << name;
  }
  EXPECT_EQ(statistic("cart.cents", nobody, 0).number, 0);
  const ShopperState state = state_by_hand();
  for (const char* name : {"age_ms", "idle_ms", "recency.view"})
    EXPECT_EQ(statistic(name, state, 0).number, 0) << name;
}

TEST(StatisticSource, hour_and_weekday_are_those_of_asking_in_local_time) {
  const ShopperState nobody;
  EXPECT_EQ(statistic("hour", nobody, 23 * kHourMs, 2 * kHourMs).number, 1);
  EXPECT_EQ(statistic("weekday", nobody, 23 * kHourMs, 2 * kHourMs).number, 4);
}

TEST(StatisticSource, an_absurd_price_does_not_overflow_the_cart) {
  ShopperState state;
  state.cart.push_back({"a", state::kMaxQuantity, true, std::numeric_limits<std::int64_t>::max(), 0});
  EXPECT_DOUBLE_EQ(statistic("cart.cents", state, 0).number, 9223372036854775807.0 * 1e9);
}

TEST(StatisticSource, every_listed_name_resolves_and_no_two_are_alike) {
  const auto names = statistic_source_names();
  // 10 plain ones and 20 of the session, and for each of 8 groups a total, days, recent days, a recency, 5 half-lives
  // and how many in the session.
  EXPECT_EQ(names.size(), 10U + 20U + 8U * (4U + 5U + 1U));
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  for (const std::string& name : names) EXPECT_TRUE(statistic_source(name).ok()) << name;
  EXPECT_NE(std::find(names.begin(), names.end(), "count.cart_add.7d"), names.end());
}

TEST(StatisticSource, each_group_name_reads_its_own_group) {
  for (std::size_t group = 0; group < state::kActionGroupCount; ++group) {
    ShopperState state;
    state.groups[group].total = 17;
    for (std::size_t other = 0; other < state::kActionGroupCount; ++other) {
      const std::string name = "total." + std::string(state::kActionGroupNames[other]);
      EXPECT_EQ(statistic(name, state, 0).number, group == other ? 17 : 0) << name;
    }
  }
}

template <typename Result>
void expect_refused(const Result& result, const std::string& name, const std::string& near) {
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.status().code(), base::ErrorCode::kInvalidInput);
  EXPECT_NE(result.status().message().find("\"" + name + "\""), std::string::npos) << result.status().message();
  EXPECT_NE(result.status().message().find("did you mean " + near + "?"), std::string::npos)
      << result.status().message();
}

TEST(Source, an_unknown_name_is_refused_with_the_nearest_one) {
  expect_refused(swipe_source("lenght_x"), "lenght_x", "length_x");
  expect_refused(tap_source("buton"), "buton", "button");
  expect_refused(browse_source("leafcategory"), "leafcategory", "leaf_category");
  expect_refused(statistic_source("count.view.7h"), "count.view.7h", "count.view.1h");
  expect_refused(view_from_name("brows"), "brows", "browse");
  EXPECT_FALSE(swipe_source("leaf_category").ok()) << "a browse feature is no swipe feature";
  EXPECT_FALSE(statistic_source("").ok());
}

TEST(Source, views_have_the_names_that_files_use) {
  for (const View view : {View::kSwipe, View::kTap, View::kBrowse}) {
    const auto again = view_from_name(view_name(view));
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(*again, view);
  }
}

}  // namespace
}  // namespace inkling::feature
