#include "feature/session.h"

#include <gtest/gtest.h>

#include "base/core/clock.h"
#include "base/core/hash.h"
#include "feature/blueprint.h"

namespace inkling::feature {
namespace {

using base::kHourMs;
using base::kMinuteMs;
using domain::ActionKind;

constexpr std::int64_t kGapMs = 30 * kMinuteMs;
constexpr std::int64_t kNoonMs = 12 * kHourMs;  // of 1970-01-01, a Thursday

struct Visit {
  state::ShopperState state;
  int events = 0;

  void act(std::int64_t ts_ms, ActionKind kind, const std::string& item, const std::string& leaf,
           std::int64_t stay_ms = domain::kMissing) {
    domain::Action action;
    action.action = kind;
    action.item = item;
    if (!leaf.empty()) action.category = {"top", leaf};
    action.stay_ms = stay_ms;
    state::apply(state, {"e" + std::to_string(events++), ts_ms, "ann", "", action, ""});
  }
  void swipe(std::int64_t ts_ms, int count) {
    domain::Gestures gestures;
    gestures.swipes.resize(static_cast<std::size_t>(count));
    state::apply(state, {"e" + std::to_string(events++), ts_ms, "ann", "", gestures, ""});
  }
  [[nodiscard]] SessionSummary at(std::int64_t now_ms, std::int64_t gap_ms = kGapMs) const {
    return summarise_session(state, now_ms, gap_ms);
  }
};

// Yesterday something, then a session of five clicks: a (2 s), b, a, c (in the cart), b (7 s), and three swipes.
Visit two_sessions() {
  Visit visit;
  visit.act(kHourMs, ActionKind::kView, "old", "hats", 500'000);
  visit.swipe(kNoonMs, 1);
  visit.act(kNoonMs + 1'000, ActionKind::kView, "a", "shoes", 2'000);
  visit.act(kNoonMs + 10'000, ActionKind::kView, "b", "shoes");
  visit.act(kNoonMs + 40'000, ActionKind::kClick, "a", "");
  visit.swipe(kNoonMs + 41'000, 2);
  visit.act(kNoonMs + 45'000, ActionKind::kCartAdd, "c", "belts");
  visit.act(kNoonMs + 50'000, ActionKind::kView, "b", "shoes", 7'000);
  return visit;
}

TEST(Session, begins_behind_the_silence_with_a_record_of_whatever_view) {
  const auto session = two_sessions().at(kNoonMs + kMinuteMs);
  EXPECT_TRUE(session.live);
  EXPECT_EQ(session.start_ms, kNoonMs);
  EXPECT_EQ(session.last_ms, kNoonMs + 50'000);
  EXPECT_EQ(session.gap_ms, 11 * kHourMs);
  EXPECT_EQ(session.browses, 5U);
  EXPECT_EQ(session.swipes, 3U);
  EXPECT_EQ(session.taps, 0U);
}

TEST(Session, counts_items_and_those_seen_again) {
  const auto session = two_sessions().at(kNoonMs + kMinuteMs);
  EXPECT_EQ(session.items.distinct, 3U);
  EXPECT_EQ(session.items.repeats, 2U);
  EXPECT_EQ(session.items.seen_twice, 2U);
  EXPECT_EQ(session.items.first, base::name_hash("a"));
  EXPECT_EQ(session.items.last, base::name_hash("b"));
  EXPECT_EQ(session.items.most, base::name_hash("b")) << "of two, the one that got there last";
  EXPECT_EQ(session.leaf_categories.distinct, 2U);
  EXPECT_EQ(session.leaf_categories.most, base::name_hash("shoes"));
  EXPECT_EQ(session.groups[static_cast<std::size_t>(state::ActionGroup::kCartAdd)], 1U);
}

TEST(Session, takes_the_time_to_the_next_click_for_a_stay_that_nobody_said) {
  const auto session = two_sessions().at(kNoonMs + kMinuteMs);
  EXPECT_EQ(session.dwells, 5U);
  EXPECT_EQ(session.dwell_sum_ms, 2'000 + 30'000 + 5'000 + 5'000 + 7'000);
  EXPECT_EQ(session.dwell_max_ms, 30'000);
  EXPECT_EQ(session.dwell_last_ms, 7'000);
  Visit visit;
  visit.act(kNoonMs, ActionKind::kView, "a", "");
  EXPECT_EQ(visit.at(kNoonMs).dwell_last_ms, -1);
  EXPECT_EQ(visit.at(kNoonMs).dwells, 0U);
}

TEST(Session, is_empty_once_it_is_over) {
  const Visit visit = two_sessions();
  EXPECT_TRUE(visit.at(kNoonMs + 50'000 + kGapMs).live);
  const auto session = visit.at(kNoonMs + 50'000 + kGapMs + 1);
  EXPECT_FALSE(session.live);
  EXPECT_EQ(session.browses + session.swipes + session.items.distinct, 0U);
  EXPECT_FALSE(Visit().at(kNoonMs).live);
}

TEST(Session, never_ends_without_a_gap) {
  const auto session = two_sessions().at(kNoonMs + 99 * kHourMs, kNoSessionGap);
  EXPECT_EQ(session.start_ms, kHourMs);
  EXPECT_EQ(session.gap_ms, -1) << "nothing came before it";
  EXPECT_EQ(session.browses, 6U);
}

TEST(Session, reaches_back_to_the_oldest_held_record_of_a_very_long_one) {
  Visit visit;
  const auto clicks = static_cast<std::int64_t>(state::kBrowseHistory) + 20;
  for (std::int64_t i = 0; i < clicks; ++i) {
    visit.act(kNoonMs + i * 1'000, ActionKind::kView, "item" + std::to_string(i), "");
  }
  const auto session = visit.at(kNoonMs + clicks * 1'000);
  EXPECT_EQ(session.browses, state::kBrowseHistory);
  EXPECT_EQ(session.start_ms, kNoonMs + 20'000);
  EXPECT_EQ(session.gap_ms, -1) << "its start is no longer held";
  EXPECT_EQ(session.items.distinct, state::kBrowseHistory);
}

std::vector<Value> statistics_of(const Visit& visit, std::int64_t now_ms, const std::vector<std::string>& sources) {
  BlueprintSpec spec;
  for (const std::string& source : sources) {
    Encoder encoder;
    encoder.kind = statistic_source(source)->kind == ValueKind::kName ? EncoderKind::kVocabulary : EncoderKind::kRaw;
    spec.statistics.push_back({source, encoder});
  }
  const auto blueprint = Blueprint::make(spec);
  EXPECT_TRUE(blueprint.ok()) << blueprint.status().message();
  std::vector<Value> values(sources.size());
  blueprint->read_statistics(visit.state, now_ms, values);
  return values;
}

TEST(SessionStatistics, are_read_through_a_blueprint) {
  const std::vector<std::string> sources = {
      "session.hour",         "session.weekday",       "session.length_ms",    "session.gap_ms",
      "session.clicks",       "session.swipes",        "session.taps",         "session.items",
      "session.categories",   "session.repeats",       "session.repeat_share", "session.dwell_mean_ms",
      "session.dwell_max_ms", "session.dwell_last_ms", "session.cart_add",     "session.view"};
  const std::vector<double> expected = {12, 3, 50'000,  11.0 * kHourMs, 5,      3,     0, 3,
                                        2,  2, 2.0 / 3, 9'800,          30'000, 7'000, 1, 4};
  const auto values = statistics_of(two_sessions(), kNoonMs + kMinuteMs, sources);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    EXPECT_FALSE(values[i].missing) << sources[i];
    EXPECT_DOUBLE_EQ(values[i].number, expected[i]) << sources[i];
  }
}

TEST(SessionStatistics, name_items_and_categories) {
  const auto values = statistics_of(two_sessions(), kNoonMs + kMinuteMs,
                                    {"session.first_item", "session.last_item", "session.most_item",
                                     "session.first_category", "session.last_category", "session.most_category"});
  const std::vector<std::string> expected = {"a", "b", "b", "shoes", "shoes", "shoes"};
  for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(values[i].name, base::name_hash(expected[i])) << i;
}

TEST(SessionStatistics, are_missing_or_zero_once_it_is_over) {
  const auto values = statistics_of(two_sessions(), kNoonMs + 3 * kHourMs,
                                    {"session.hour", "session.length_ms", "session.gap_ms", "session.dwell_mean_ms",
                                     "session.repeat_share", "session.last_item", "session.clicks"});
  for (std::size_t i = 0; i + 1 < values.size(); ++i) EXPECT_TRUE(values[i].missing) << i;
  EXPECT_EQ(values.back().number, 0);
  EXPECT_FALSE(values.back().missing);
}

TEST(TableSources, are_missing_in_a_state) {
  const auto values = statistics_of(two_sessions(), kNoonMs, {"column.PageValues", "category.Month"});
  EXPECT_TRUE(values[0].missing);
  EXPECT_TRUE(values[1].missing);
  EXPECT_FALSE(statistic_source("column.").ok());
}

}  // namespace
}  // namespace inkling::feature
