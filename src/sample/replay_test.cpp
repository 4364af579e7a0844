#include "sample/replay.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/core/random.h"
#include "sample/log_for_test.h"

namespace inkling::sample {
namespace {

using base::kDayMs;
using base::kHourMs;
using base::kMinuteMs;
using domain::ActionKind;

struct SeenPoint {
  std::string shopper;
  std::int64_t ts_ms = 0;
  std::uint64_t sequence = 0;
  Part part = Part::kUnused;
  std::vector<bool> labels;
  std::string state;
  bool operator==(const SeenPoint&) const = default;
};

class Collector final : public ReplayVisitor {
 public:
  explicit Collector(std::size_t targets) : targets_(targets) {}
  base::Status begin_shopper(std::string_view shopper) override {
    shoppers.emplace_back(shopper);
    return {};
  }
  base::Status folded(const state::ShopperState&) override {
    ++folded_count;
    return {};
  }
  base::Status point(const state::ShopperState& state, const DecisionPoint& point) override {
    const auto end = point.labels.begin() + static_cast<std::ptrdiff_t>(targets_);
    points.push_back({std::string(point.shopper), point.ts_ms, point.sequence, point.part,
                      std::vector<bool>(point.labels.begin(), end), state::encode(state)});
    if (points.size() == stop_after) return base::unavailable("enough");
    return {};
  }

  std::vector<std::string> shoppers;
  std::vector<SeenPoint> points;
  std::uint64_t folded_count = 0;
  std::size_t stop_after = 0;

 private:
  std::size_t targets_;
};

Collector replayed(const LogForTest& log, const SamplePlan& plan, std::int64_t utc_offset_ms = 0) {
  Collector collector(plan.targets.size());
  const auto status = replay(log.store(), plan, utc_offset_ms, log.span(), collector);
  EXPECT_TRUE(status.ok()) << status.message();
  return collector;
}

std::vector<std::int64_t> times_of(const Collector& collector) {
  std::vector<std::int64_t> times;
  for (const SeenPoint& point : collector.points) times.push_back(point.ts_ms);
  return times;
}

SamplePlan plan_until(PointRule at, std::vector<std::int64_t> horizons_ms) {
  return plan_of(at, std::move(horizons_ms), 1000 * kDayMs, 2000 * kDayMs, 3000 * kDayMs);
}

// 2023-11-20 00:00 UTC, so that no time is near zero.
constexpr std::int64_t kDay = 1'700'438'400'000;

SamplePlan modern_plan(PointRule at, std::vector<std::int64_t> horizons_ms) {
  return plan_of(at, std::move(horizons_ms), kDay + 1000 * kDayMs, kDay + 2000 * kDayMs, kDay + 3000 * kDayMs);
}

TEST(LogSpan, covers_the_events_of_shoppers_only) {
  LogForTest log;
  EXPECT_EQ(log_span(log.store()).status().code(), base::ErrorCode::kNotFound);
  domain::Item item;
  item.item = "i";
  log.add({event_of("", 5, item)});
  EXPECT_EQ(log_span(log.store()).status().code(), base::ErrorCode::kNotFound);
  log.add({view("a", 300), view("b", 100), swipes("a", 200, {{}}), view("a", 150)});
  const LogSpan span = log.span();
  EXPECT_EQ(span.from_ms, 100);
  EXPECT_EQ(span.to_ms, 300);
  EXPECT_EQ(span.events, 4U);
  EXPECT_EQ(span.gesture_events, 1U);
}

TEST(DayEnd, gives_one_point_at_the_last_millisecond_of_each_active_day) {
  LogForTest log;
  log.add({view("a", kDay + kHourMs), view("a", kDay + 5 * kHourMs), purchase("a", kDay + 2 * kDayMs),
           view("a", kDay + 2 * kDayMs + 1), view("z", kDay + 9 * kDayMs)});
  const Collector seen = replayed(log, modern_plan(PointRule::kDayEnd, {kDayMs, 2 * kDayMs}));
  EXPECT_EQ(times_of(seen), (std::vector<std::int64_t>{kDay + kDayMs - 1, kDay + 3 * kDayMs - 1}));
  EXPECT_EQ(seen.points[0].labels, (std::vector<bool>{false, true})) << "bought a day and a millisecond later";
  EXPECT_EQ(seen.points[0].sequence, 2U);
  EXPECT_EQ(seen.points[1].labels, (std::vector<bool>{false, false})) << "what was bought before does not count";
  EXPECT_EQ(seen.points[1].sequence, 4U);
}

TEST(DayEnd, reads_a_log_with_day_precision) {
  LogForTest log;
  // Everything of a day is told at its midnight, the purchase of day 1 before its views.
  log.add({view("a", kDay), view("a", kDay), purchase("a", kDay + kDayMs), view("a", kDay + kDayMs),
           purchase("a", kDay + 3 * kDayMs), view("z", kDay + 5 * kDayMs)});
  const Collector seen = replayed(log, modern_plan(PointRule::kDayEnd, {kDayMs, 2 * kDayMs}));
  ASSERT_EQ(times_of(seen),
            (std::vector<std::int64_t>{kDay + kDayMs - 1, kDay + 2 * kDayMs - 1, kDay + 4 * kDayMs - 1}));
  EXPECT_EQ(seen.points[0].labels, (std::vector<bool>{true, true}));
  EXPECT_EQ(seen.points[1].labels, (std::vector<bool>{false, true})) << "day 3's midnight is over a day after day 1";
  EXPECT_EQ(seen.points[2].labels, (std::vector<bool>{false, false}));
  EXPECT_EQ(seen.points[0].sequence, 2U);
  EXPECT_EQ(seen.points[1].sequence, 4U);
}

TEST(DayEnd, days_are_local) {
  for (const std::int64_t offset_ms : {5 * kHourMs + 30 * kMinuteMs, -8 * kHourMs}) {
    LogForTest log;
    const std::int64_t midnight_ms = kDay - offset_ms;
    log.add({view("a", midnight_ms - 1), view("a", midnight_ms), view("z", midnight_ms + 5 * kDayMs)});
    const Collector seen = replayed(log, modern_plan(PointRule::kDayEnd, {kDayMs}), offset_ms);
    EXPECT_EQ(times_of(seen), (std::vector<std::int64_t>{midnight_ms - 1, midnight_ms + kDayMs - 1}));
  }
}

TEST(DayEnd, the_first_hours_of_1970_west_of_utc_belong_to_1969) {
  LogForTest log;
  log.add({view("a", kHourMs), view("a", 6 * kHourMs), view("z", 5 * kDayMs)});
  const Collector seen = replayed(log, plan_until(PointRule::kDayEnd, {kDayMs}), -5 * kHourMs);
  EXPECT_EQ(times_of(seen), (std::vector<std::int64_t>{5 * kHourMs - 1, 29 * kHourMs - 1}));
}

TEST(DayEnd, a_batch_of_gestures_that_crosses_midnight_ends_the_day_before_it_is_folded) {
  LogForTest log;
  log.add({view("a", kDay + kHourMs), swipes("a", kDay + kDayMs - 1000, {{.offset_ms = 500}, {.offset_ms = 1500}}),
           view("a", kDay + kDayMs + kHourMs), view("z", kDay + 5 * kDayMs)});
  const Collector seen = replayed(log, modern_plan(PointRule::kDayEnd, {kDayMs}));
  ASSERT_EQ(times_of(seen), (std::vector<std::int64_t>{kDay + kDayMs - 1, kDay + 2 * kDayMs - 1}));
  EXPECT_EQ(seen.points[0].sequence, 1U) << "nothing of the next day may be known";
  EXPECT_EQ(seen.points[1].sequence, 3U);
}

TEST(DayEnd, only_the_shoppers_own_actions_make_a_day_active) {
  LogForTest log;
  domain::Impression impression;
  impression.request = "r";
  domain::Action grant;
  grant.action = ActionKind::kGrant;
  grant.coupon = "c";
  log.add({event_of("a", kDay, impression), event_of("a", kDay, grant), swipes("a", kDay, {{}}),
           event_of("a", kDay, domain::Profile{{{"k", "v"}}}), action("b", kDay, ActionKind::kRedeem),
           view("z", kDay + 5 * kDayMs)});
  const Collector seen = replayed(log, modern_plan(PointRule::kDayEnd, {kDayMs}));
  ASSERT_EQ(seen.points.size(), 1U);
  EXPECT_EQ(seen.points[0].shopper, "b");
  EXPECT_EQ(seen.shoppers, (std::vector<std::string>{"a", "b", "z"}));
}

TEST(DayEnd, the_log_is_known_to_the_end_of_its_last_day) {
  LogForTest log;
  log.add({view("a", kDay), view("a", kDay + kDayMs), view("a", kDay + 2 * kDayMs)});
  EXPECT_EQ(times_of(replayed(log, modern_plan(PointRule::kDayEnd, {kDayMs}))),
            (std::vector<std::int64_t>{kDay + kDayMs - 1, kDay + 2 * kDayMs - 1}));
  EXPECT_EQ(times_of(replayed(log, modern_plan(PointRule::kDayEnd, {2 * kDayMs}))),
            (std::vector<std::int64_t>{kDay + kDayMs - 1}));
}

TEST(ActionPoints, come_after_own_actions_at_least_the_gap_apart) {
  LogForTest log;
  domain::Action grant;
  grant.action = ActionKind::kGrant;
  grant.coupon = "c";
  log.add({view("a", kDay), view("a", kDay + 59'999), swipes("a", kDay + 60'000, {{}}),
           event_of("a", kDay + 60'000, grant), view("a", kDay + 60'001), view("a", kDay + 120'000),
           view("a", kDay + 120'001), view("z", kDay + kDayMs)});
  SamplePlan plan = modern_plan(PointRule::kAction, {kHourMs});
  plan.min_gap_ms = kMinuteMs;
  const Collector seen = replayed(log, plan);
  EXPECT_EQ(times_of(seen), (std::vector<std::int64_t>{kDay, kDay + 60'001, kDay + 120'001}));
  EXPECT_EQ(seen.points[1].sequence, 5U);
}

TEST(ActionPoints, a_purchase_counts_from_just_after_the_point_to_the_horizon_itself) {
  LogForTest log;
  log.add({view("at_once", kDay), purchase("at_once", kDay), view("just_after", kDay),
           purchase("just_after", kDay + 1), view("in_time", kDay), purchase("in_time", kDay + kHourMs),
           view("too_late", kDay), purchase("too_late", kDay + kHourMs + 1), view("z", kDay + kDayMs)});
  const Collector seen = replayed(log, modern_plan(PointRule::kAction, {kHourMs}));
  std::vector<std::pair<std::string, bool>> first_points;
  for (const SeenPoint& point : seen.points) {
    if (point.ts_ms == kDay) first_points.emplace_back(point.shopper, point.labels[0]);
  }
  EXPECT_EQ(first_points, (std::vector<std::pair<std::string, bool>>{
                              {"at_once", false}, {"in_time", true}, {"just_after", true}, {"too_late", false}}));
}

TEST(ActionPoints, asked_for_more_actions_count_the_shoppers_own_after_the_point) {
  LogForTest log;
  domain::Action grant;
  grant.action = ActionKind::kGrant;
  grant.coupon = "c";
  log.add({view("a", kDay), view("a", kDay + kMinuteMs), view("a", kDay + 2 * kMinuteMs),
           event_of("a", kDay + 3 * kMinuteMs, grant), view("a", kDay + 30 * kMinuteMs), view("z", kDay + kDayMs)});
  SamplePlan plan = modern_plan(PointRule::kAction, {10 * kMinuteMs, kHourMs});
  plan.more_actions = 2;
  const Collector seen = replayed(log, plan);
  ASSERT_GE(seen.points.size(), 3U);
  EXPECT_EQ(seen.points[0].labels, (std::vector<bool>{true, true}));
  EXPECT_EQ(seen.points[1].labels, (std::vector<bool>{false, true}));  // a grant is not the shopper's doing
  EXPECT_EQ(seen.points[2].labels, (std::vector<bool>{false, false}));
}

TEST(ActionPoints, are_left_out_where_the_log_ends_before_the_longest_horizon) {
  LogForTest log;
  log.add({view("a", kDay), view("a", kDay + 1), view("z", kDay + kHourMs)});
  EXPECT_EQ(times_of(replayed(log, modern_plan(PointRule::kAction, {kMinuteMs, kHourMs}))),
            (std::vector<std::int64_t>{kDay}));
}

TEST(ActionPoints, a_censored_point_does_not_use_up_the_gap_nor_does_an_unused_part_stop_one) {
  LogForTest log;
  log.add({view("a", kDay + 50), view("a", kDay + 150), view("a", kDay + 250), view("z", kDay + kDayMs)});
  const SamplePlan plan = plan_of(PointRule::kAction, {50}, kDay + 100, kDay + 200, kDay + 300);
  const Collector seen = replayed(log, plan);
  ASSERT_EQ(seen.points.size(), 3U);
  EXPECT_EQ(seen.points[0].part, Part::kTrain);
  EXPECT_EQ(seen.points[1].part, Part::kUnused);
  EXPECT_EQ(seen.points[2].part, Part::kTest);
}

TEST(ActionPoints, a_late_event_folds_where_it_arrives_and_is_never_known_before) {
  LogForTest log;
  log.add({view("a", kDay), view("a", kDay + 10 * kMinuteMs), purchase("a", kDay + 5 * kMinuteMs),
           view("z", kDay + kDayMs)});
  const Collector seen = replayed(log, modern_plan(PointRule::kAction, {kHourMs}));
  ASSERT_EQ(seen.points.size(), 2U) << "the late one happens at 00:10 too, within the gap";
  EXPECT_TRUE(seen.points[0].labels[0]) << "it was bought five minutes after the first view, whenever that was told";
  EXPECT_EQ(seen.points[1].ts_ms, kDay + 10 * kMinuteMs);
  EXPECT_FALSE(seen.points[1].labels[0]) << "bought before this point, though the state does not know it yet";
  EXPECT_EQ(seen.points[1].sequence, 2U);
}

TEST(Replay, drops_what_was_told_twice) {
  LogForTest once, twice;
  std::vector<domain::Event> events = {view("a", kDay), purchase("a", kDay + kMinuteMs), view("a", kDay + kHourMs),
                                       view("z", kDay + kDayMs)};
  for (std::size_t i = 0; i < events.size(); ++i) events[i].id = "id" + std::to_string(i);
  once.add(events);
  twice.add({events[0], events[0], events[1]});
  twice.add({events[1], events[2]});
  twice.add({events[0], events[3]});
  const SamplePlan plan = modern_plan(PointRule::kAction, {kHourMs});
  const Collector expected = replayed(once, plan);
  ASSERT_EQ(expected.points.size(), 3U);
  EXPECT_EQ(replayed(twice, plan).points, expected.points);
}

TEST(Replay, stops_at_a_visitors_error_and_reports_progress) {
  LogForTest log;
  log.add({view("b", kDay), view("a", kDay), view("c", kDay), view("z", kDay + kDayMs)});
  const SamplePlan plan = modern_plan(PointRule::kAction, {kHourMs});
  Collector collector(1);
  collector.stop_after = 2;
  const auto status = replay(log.store(), plan, 0, log.span(), collector);
  EXPECT_EQ(status.code(), base::ErrorCode::kUnavailable);
  EXPECT_EQ(collector.shoppers, (std::vector<std::string>{"a", "b"})) << "in byte order of the id";
  std::vector<std::uint64_t> done;
  Collector all(1);
  ASSERT_TRUE(replay(log.store(), plan, 0, log.span(), all, [&](std::uint64_t so_far, std::uint64_t total) {
                done.push_back(so_far);
                EXPECT_EQ(total, 4U);
              }).ok());
  EXPECT_EQ(done, (std::vector<std::uint64_t>{1, 2, 3, 4}));
  EXPECT_EQ(all.folded_count, 4U);
}

// --- Against brute force on random logs
// ------------------------------------------------------------------------------

void fill_at_random(LogForTest& log, std::uint64_t seed) {
  base::Random random(seed);
  std::vector<domain::Event> events;
  std::int64_t now_ms = kDay;
  for (int i = 0; i < 600; ++i) {
    now_ms += static_cast<std::int64_t>(random.exponential(random.chance(0.05) ? 1e8 : 2e6));
    std::int64_t ts_ms = now_ms;
    if (random.chance(0.2)) ts_ms -= static_cast<std::int64_t>(random.below(3 * kDayMs));
    const std::string shopper = "shopper" + std::to_string(random.below(6));
    if (random.chance(0.15)) {
      events.push_back(
          swipes(shopper, ts_ms, {{}, {.offset_ms = static_cast<std::int32_t>(random.below(4 * kHourMs))}}));
    } else {
      const bool buys = random.chance(0.2);
      const auto kind =
          buys ? ActionKind::kPurchase : static_cast<ActionKind>(random.below(domain::kActionKindCount));
      events.push_back(action(shopper, ts_ms, kind, "item" + std::to_string(random.below(5))));
    }
    events.back().id = "e" + std::to_string(random.chance(0.1) ? random.below(600) : static_cast<std::uint64_t>(i));
  }
  log.add(std::move(events));
}

bool is_own(const domain::Event& event) {
  const auto* body = std::get_if<domain::Action>(&event.body);
  return body != nullptr && body->action != ActionKind::kGrant && body->action != ActionKind::kExpire;
}

bool bought_within(const std::vector<store::JournalEntry>& entries, std::int64_t ts_ms, std::int64_t horizon_ms) {
  return std::any_of(entries.begin(), entries.end(), [&](const store::JournalEntry& entry) {
    const auto* body = std::get_if<domain::Action>(&entry.event.body);
    return body != nullptr && body->action == ActionKind::kPurchase && entry.event.ts_ms > ts_ms &&
           entry.event.ts_ms <= ts_ms + horizon_ms;
  });
}

// The point that asks at `ts_ms` when the first `count` events are known.
SeenPoint point_by_force(const std::string& shopper, const std::vector<store::JournalEntry>& entries,
                         std::size_t count, std::int64_t ts_ms, const SamplePlan& plan) {
  state::ShopperState state;
  for (std::size_t i = 0; i < count; ++i) {
    state::apply(state, entries[i].event);
    EXPECT_LE(entries[i].event.ts_ms, ts_ms) << "nothing known may be newer than the point";
  }
  EXPECT_LE(state.clock_ms, ts_ms);
  std::vector<bool> labels;
  for (const auto& target : plan.targets) labels.push_back(bought_within(entries, ts_ms, target.horizon_ms));
  return {shopper, ts_ms, entries[count - 1].sequence, part_of(plan, shopper, ts_ms), labels, state::encode(state)};
}

std::vector<std::int64_t> clocks_of(const std::vector<store::JournalEntry>& entries) {
  std::vector<std::int64_t> clocks;
  state::ShopperState state;
  for (const auto& entry : entries) {
    state::apply(state, entry.event);
    clocks.push_back(state.clock_ms);
  }
  return clocks;
}

std::vector<SeenPoint> action_points_by_force(const LogForTest& log, const SamplePlan& plan) {
  std::vector<SeenPoint> points;
  for (const std::string& shopper : log.shoppers()) {
    const auto entries = log.journal_of(shopper);
    const auto clocks = clocks_of(entries);
    std::int64_t next_ms = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (!is_own(entries[i].event) || clocks[i] < next_ms) continue;
      if (clocks[i] + plan.longest_horizon_ms() > log.span().to_ms) continue;
      next_ms = clocks[i] + plan.min_gap_ms;
      points.push_back(point_by_force(shopper, entries, i + 1, clocks[i], plan));
    }
  }
  return points;
}

std::vector<SeenPoint> day_points_by_force(const LogForTest& log, const SamplePlan& plan, std::int64_t offset_ms) {
  const std::int64_t log_end_ms = (log.span().to_ms + offset_ms) / kDayMs * kDayMs + kDayMs - 1 - offset_ms;
  std::vector<SeenPoint> points;
  for (const std::string& shopper : log.shoppers()) {
    const auto entries = log.journal_of(shopper);
    const auto clocks = clocks_of(entries);
    for (std::int64_t day = (kDay - 10 * kDayMs) / kDayMs; (day + 1) * kDayMs - 1 - offset_ms <= log_end_ms; ++day) {
      const std::int64_t end_ms = (day + 1) * kDayMs - 1 - offset_ms;
      bool active = false;
      std::size_t known = 0;
      for (std::size_t i = 0; i < entries.size() && clocks[i] <= end_ms; ++i) {
        active = active || (clocks[i] > end_ms - kDayMs && is_own(entries[i].event));
        known = i + 1;
      }
      if (!active || end_ms + plan.longest_horizon_ms() > log_end_ms) continue;
      points.push_back(point_by_force(shopper, entries, known, end_ms, plan));
    }
  }
  return points;
}

TEST(Replay, equals_brute_force_on_random_logs) {
  std::size_t labels_set = 0, points = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    LogForTest log;
    fill_at_random(log, seed);
    SamplePlan plan = plan_of(PointRule::kAction, {kHourMs, 8 * kHourMs, 2 * kDayMs}, kDay + 8 * kDayMs,
                              kDay + 11 * kDayMs, kDay + 40 * kDayMs);
    plan.validation_fraction = 0.3;
    plan.min_gap_ms = kHourMs;
    const auto expected = action_points_by_force(log, plan);
    ASSERT_EQ(replayed(log, plan).points, expected) << "seed " << seed;
    plan.at = PointRule::kDayEnd;
    for (const std::int64_t offset_ms : {std::int64_t{0}, 9 * kHourMs, -7 * kHourMs}) {
      const auto day_ends = day_points_by_force(log, plan, offset_ms);
      ASSERT_EQ(replayed(log, plan, offset_ms).points, day_ends) << "seed " << seed << " offset " << offset_ms;
      points += day_ends.size();
    }
    for (const SeenPoint& point : expected) labels_set += point.labels[1] ? 1 : 0;
  }
  EXPECT_GT(labels_set, 50U);
  EXPECT_GT(points, 200U);
}

}  // namespace
}  // namespace inkling::sample
