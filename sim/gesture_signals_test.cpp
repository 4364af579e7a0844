// Whether each signal is in the simulated gestures, nowhere else, and gone once it is switched off.
#include "sim/gesture_signals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>

#include "sim/app_tables.h"
#include "sim/event_log.h"
#include "sim/gesture_log.h"

namespace inkling::sim {
namespace {

using testing::HasSubstr;
using Visits = std::map<std::string, LoggedVisit>;

MarketplaceOptions without(std::string_view name) {
  MarketplaceOptions options = gesture_options();
  if (name.empty()) return options;
  EXPECT_TRUE(switch_off(options.signals, name).ok());
  return options;
}

MarketplaceOptions few_without(std::string_view name) {
  MarketplaceOptions options = without(name);
  options.shoppers = 10;
  return options;
}

const Visits& visits_without(std::string_view name) {
  static std::map<std::string, Visits, std::less<>> cache;
  auto found = cache.find(name);
  if (found == cache.end()) found = cache.emplace(name, whole_visits(without(name))).first;
  return found->second;
}

struct Mean {
  double sum = 0;
  double squares = 0;
  double count = 0;
  void add(double value) { sum += value, squares += value * value, ++count; }
  [[nodiscard]] double value() const { return sum / count; }
  [[nodiscard]] double deviation() const { return std::sqrt(squares / count - value() * value()); }
};

// Something about a visit, or nothing when it cannot be said of it.
using Statistic = std::function<std::optional<double>(const LoggedVisit&)>;

struct ByMood {
  std::array<Mean, kMoods> moods;
  Mean all;
  // How far buying lies above browsing, in standard deviations.
  [[nodiscard]] double gap() const { return (moods[2].value() - moods[0].value()) / all.deviation(); }
};

ByMood by_mood(const Visits& visits, const Statistic& statistic) {
  ByMood result;
  for (const auto& [name, visit] : visits) {
    const std::optional<double> value = statistic(visit);
    if (!value.has_value()) continue;
    result.moods[static_cast<std::size_t>(visit.truth.resolve.mood)].add(*value);
    result.all.add(*value);
  }
  return result;
}

template <typename Keep, typename Value>
std::optional<double> mean_over_swipes(const LoggedVisit& visit, const Keep& keep, const Value& value) {
  Mean mean;
  for (const auto& event : visit.events) {
    const auto* gestures = std::get_if<domain::Gestures>(&event.body);
    if (gestures == nullptr) continue;
    for (const auto& swipe : gestures->swipes) {
      if (keep(static_cast<PageAction>(swipe.action))) mean.add(value(swipe));
    }
  }
  return mean.count < 20 ? std::nullopt : std::optional(mean.value());
}

std::optional<double> scroll_duration(const LoggedVisit& visit) {
  return mean_over_swipes(
      visit, [](PageAction action) { return action == PageAction::kScrollDetail; },
      [](const domain::Swipe& swipe) { return swipe.duration_ms; });
}
std::optional<double> share_of_pictures(const LoggedVisit& visit) {
  // Of what is done on a page of goods: how much of a visit that is follows from the phase.
  return mean_over_swipes(
      visit,
      [](PageAction action) { return action == PageAction::kScrollDetail || action == PageAction::kTurnPicture; },
      [](const domain::Swipe& swipe) {
        return swipe.action == static_cast<std::int16_t>(PageAction::kTurnPicture) ? 1 : 0;
      });
}
std::optional<double> share_of_reversals(const LoggedVisit& visit) {
  return mean_over_swipes(
      visit, [](PageAction action) { return action == PageAction::kScrollDetail; },
      [](const domain::Swipe& swipe) { return swipe.end_y > swipe.start_y ? 1 : 0; });
}
std::optional<double> share_of_matches(const LoggedVisit& visit) {
  Mean mean;
  for (const Reading& reading : readings_of(visit)) mean.add(reading.asked == reading.read ? 1 : 0);
  return mean.count == 0 ? std::nullopt : std::optional(mean.value());
}
std::optional<double> share_of_returns(const LoggedVisit& visit) {
  Mean mean;
  for (const Inspection& inspection : inspections_of(visit)) mean.add(inspection.returns ? 1 : 0);
  return mean.count == 0 ? std::nullopt : std::optional(mean.value());
}

struct Case {
  const char* signal;
  Statistic statistic;
  double least_gap;
};

TEST(GestureSignals, each_tells_moods_apart_until_it_is_switched_off_and_its_distribution_stays) {
  const Case cases[] = {{"tempo", scroll_duration, 0.5},
                        {"reading", share_of_pictures, 0.4},
                        {"reading", share_of_reversals, 0.4},
                        {"crossing", share_of_matches, 1.2},
                        {"focus", share_of_returns, 1.2}};
  for (const auto& [signal, statistic, least_gap] : cases) {
    const ByMood on = by_mood(visits_without(""), statistic);
    const ByMood off = by_mood(visits_without(signal), statistic);
    EXPECT_GT(on.gap(), least_gap) << signal;
    EXPECT_NEAR(off.gap(), 0, 0.25) << signal;
    EXPECT_NEAR(on.all.value(), off.all.value(), 0.2 * on.all.deviation()) << signal;
    EXPECT_NEAR(on.all.deviation(), off.all.deviation(), 0.15 * on.all.deviation()) << signal;
    EXPECT_GT(on.all.count, 500) << signal;
  }
}

// Neither view alone: what is asked for and what is read are uniform in every mood, and as frequent.
TEST(GestureSignals, crossing_shows_in_neither_view_alone) {
  std::array<std::array<Mean, kTopics>, 2> asked;  // others, buying
  std::array<std::array<Mean, kTopics>, 2> read;
  std::array<Mean, 2> matches;
  for (const auto& [name, visit] : visits_without("")) {
    const std::size_t buying = visit.truth.resolve.mood == Mood::kBuying ? 1 : 0;
    for (const Reading& reading : readings_of(visit)) {
      for (int topic = 0; topic < kTopics; ++topic) {
        asked[buying][static_cast<std::size_t>(topic)].add(reading.asked == topic ? 1 : 0);
        read[buying][static_cast<std::size_t>(topic)].add(reading.read == topic ? 1 : 0);
      }
      matches[buying].add(reading.asked == reading.read ? 1 : 0);
    }
  }
  for (std::size_t buying = 0; buying < 2; ++buying) {
    ASSERT_GT(asked[buying][0].count, 2'000);
    const double tolerance = 5 * std::sqrt(0.125 * 0.875 / asked[buying][0].count);
    for (std::size_t topic = 0; topic < kTopics; ++topic) {
      EXPECT_NEAR(asked[buying][topic].value(), 0.125, tolerance) << buying << " " << topic;
      EXPECT_NEAR(read[buying][topic].value(), 0.125, tolerance) << buying << " " << topic;
    }
  }
  EXPECT_GT(matches[1].value(), matches[0].value() + 0.4);
}

TEST(GestureSignals, focus_lies_in_the_relation_and_not_in_the_places) {
  std::array<std::array<Mean, 12>, 2> last;
  for (const auto& [name, visit] : visits_without("")) {
    const std::size_t buying = visit.truth.resolve.mood == Mood::kBuying ? 1 : 0;
    for (const Inspection& inspection : inspections_of(visit)) {
      for (int place = 0; place < 12; ++place) {
        last[buying][static_cast<std::size_t>(place)].add(inspection.last == place ? 1 : 0);
      }
    }
  }
  for (std::size_t buying = 0; buying < 2; ++buying) {
    ASSERT_GT(last[buying][0].count, 2'000);
    for (const Mean& place : last[buying]) {
      EXPECT_NEAR(place.value(), 1.0 / 12, 5 * std::sqrt(1.0 / 12 * 11 / 12 / place.count));
    }
  }
}

std::optional<double> log_stay(const LoggedVisit& visit) {
  Mean mean;
  for (const auto& event : visit.events) {
    const auto* action = std::get_if<domain::Action>(&event.body);
    if (action != nullptr && action->action == domain::ActionKind::kView) {
      mean.add(std::log(static_cast<double>(action->stay_ms)));
    }
  }
  return mean.count == 0 ? std::nullopt : std::optional(mean.value());
}

TEST(GestureSignals, dwell_follows_the_phase_until_it_is_switched_off) {
  for (const bool on : {true, false}) {
    std::array<Mean, 4> phases;
    for (const auto& [name, visit] : visits_without(on ? "" : "dwell")) {
      const std::optional<double> value = log_stay(visit);
      if (value.has_value()) phases[static_cast<std::size_t>(visit.truth.phase)].add(*value);
    }
    const double gap = phases[3].value() - phases[1].value();
    if (on) {
      EXPECT_GT(gap, 0.6);
    } else {
      EXPECT_NEAR(gap, 0, 0.2);
    }
  }
}

TEST(GestureSignals, plans_carry_the_mood_of_buying_to_the_next_visit) {
  for (const bool on : {true, false}) {
    Mean after_buying;
    Mean after_others;
    for (const auto& [name, visit] : visits_without(on ? "" : "plans")) {
      const std::size_t dash = name.rfind('-') + 1;
      const std::string before = name.substr(0, dash) + std::to_string(std::stoi(name.substr(dash)) - 1);
      const auto found = visits_without(on ? "" : "plans").find(before);
      // Phases carry over too, so only visits that begin browsing can tell.
      if (found == visits_without(on ? "" : "plans").end() || buys(found->second)) continue;
      if (visit.truth.phase != Phase::kBrowsing) continue;
      const bool was_buying = found->second.truth.resolve.mood == Mood::kBuying;
      (was_buying ? after_buying : after_others).add(visit.truth.resolve.mood == Mood::kBuying ? 1 : 0);
    }
    ASSERT_GT(after_buying.count, 40);
    const double gap = after_buying.value() - after_others.value();
    if (on) {
      EXPECT_GT(gap, 0.3);
    } else {
      EXPECT_NEAR(gap, 0, 0.15);
    }
  }
}

// But for what the signal itself is made of.
TEST(GestureSignals, switch_changes_its_own_signal_only) {
  const auto text = [](const MarketplaceOptions& options, const auto& blur) {
    std::string all;
    for (auto& event : all_events(options)) {
      if (auto* gestures = std::get_if<domain::Gestures>(&event.body)) {
        for (auto& swipe : gestures->swipes) blur(swipe);
      }
      all += text_of(event) + "\n";
    }
    return all;
  };
  const auto topic = [](domain::Swipe& swipe) {
    if (swipe.action >= static_cast<std::int16_t>(PageAction::kReadTopic)) swipe.action = 0;
  };
  const auto place = [](domain::Swipe& swipe) {
    if (swipe.action != static_cast<std::int16_t>(PageAction::kInspect)) return;
    swipe.start_x = swipe.start_y = swipe.end_x = swipe.end_y = 0;
  };
  EXPECT_TRUE(text(few_without(""), topic) == text(few_without("crossing"), topic));
  EXPECT_TRUE(text(few_without(""), place) == text(few_without("focus"), place));
  EXPECT_FALSE(text(few_without(""), place) == text(few_without("crossing"), place));
}

TEST(GestureSignals, gestures_never_change_what_is_browsed_but_dwell_and_plans_do) {
  const auto actions = [](const MarketplaceOptions& options) {
    std::string all;
    for (const auto& event : all_events(options)) {
      if (!std::holds_alternative<domain::Gestures>(event.body)) all += text_of(event) + "\n";
    }
    return all;
  };
  const std::string with_all = actions(few_without(""));
  for (const char* name : {"tempo", "reading", "crossing", "focus"}) {
    EXPECT_TRUE(actions(few_without(name)) == with_all) << name;
  }
  for (const char* name : {"dwell", "plans"}) EXPECT_FALSE(actions(few_without(name)) == with_all) << name;
}

TEST(GestureSignals, unknown_name_is_answered_with_the_nearest) {
  GestureSignals signals;
  EXPECT_THAT(switch_off(signals, "tempi").message(), HasSubstr("did you mean tempo?"));
  EXPECT_EQ(signals, GestureSignals());
  for (const std::string_view name : gesture_signal_names()) EXPECT_TRUE(switch_off(signals, name).ok());
  EXPECT_EQ(signals, (GestureSignals{false, false, false, false, false, false}));
}

}  // namespace
}  // namespace inkling::sim
