#include "sim/gesture_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/core/clock.h"
#include "sim/app_tables.h"
#include "sim/marketplace.h"

namespace inkling::sim {
namespace {

constexpr auto kFirstTopicAction = static_cast<std::int16_t>(PageAction::kReadTopic);
constexpr auto kFirstTopicButton = static_cast<std::int16_t>(Button::kTopicButton);

int place_of(const domain::Swipe& swipe) {
  const long column = std::lround((swipe.start_x - 1'700) / 3'300.0);
  const long row = std::lround((swipe.start_y - 1'600) / 2'000.0);
  return static_cast<int>(row * 3 + column);
}

// Calls on_swipe and on_tap in the order of time.
template <typename OnSwipe, typename OnTap>
void walk(const domain::Gestures& gestures, const OnSwipe& on_swipe, const OnTap& on_tap) {
  auto swipe = gestures.swipes.begin();
  auto tap = gestures.taps.begin();
  while (swipe != gestures.swipes.end() || tap != gestures.taps.end()) {
    if (tap == gestures.taps.end() || (swipe != gestures.swipes.end() && swipe->offset_ms <= tap->offset_ms)) {
      on_swipe(*swipe++);
    } else {
      on_tap(*tap++);
    }
  }
}

}  // namespace

MarketplaceOptions gesture_options() {
  MarketplaceOptions options;
  options.gestures = true;
  options.shoppers = 60;
  options.items = 400;
  options.days = 10;
  return options;
}

std::map<std::string, LoggedVisit> whole_visits(const MarketplaceOptions& options) {
  std::map<std::string, LoggedVisit> visits;
  const base::Status status = Marketplace(options).generate(
      [&](domain::Event&& event) {
        if (std::holds_alternative<domain::Action>(event.body) ||
            std::holds_alternative<domain::Gestures>(event.body)) {
          visits[event.session].events.push_back(std::move(event));
        }
        return base::Status();
      },
      {}, [&](const VisitTruth& truth) { visits[truth.session].truth = truth; });
  EXPECT_TRUE(status.ok()) << status.message();
  const std::int64_t end_ms = options.start_ms + options.days * base::kDayMs;
  std::erase_if(visits, [&](const auto& visit) { return visit.second.truth.ts_ms > end_ms - 4 * base::kHourMs; });
  return visits;
}

std::vector<Reading> readings_of(const LoggedVisit& visit) {
  std::vector<Reading> readings;
  int asked = -1;
  for (const auto& event : visit.events) {
    const auto* gestures = std::get_if<domain::Gestures>(&event.body);
    if (gestures == nullptr) continue;
    walk(
        *gestures,
        [&](const domain::Swipe& swipe) {
          if (swipe.action < kFirstTopicAction || asked < 0) return;
          readings.push_back({asked, swipe.action - kFirstTopicAction});
          asked = -1;
        },
        [&](const domain::Tap& tap) {
          if (tap.button >= kFirstTopicButton) asked = tap.button - kFirstTopicButton;
        });
  }
  return readings;
}

std::vector<Inspection> inspections_of(const LoggedVisit& visit) {
  std::vector<Inspection> inspections;
  std::vector<int> places;
  for (const auto& event : visit.events) {
    if (const auto* gestures = std::get_if<domain::Gestures>(&event.body)) {
      for (const auto& swipe : gestures->swipes) {
        if (swipe.action == static_cast<std::int16_t>(PageAction::kInspect)) places.push_back(place_of(swipe));
      }
    } else if (std::get<domain::Action>(event.body).action == domain::ActionKind::kView) {
      if (places.size() == 3) {
        inspections.push_back({places[2], places[2] == places[0] || places[2] == places[1]});
      }
      places.clear();
    }
  }
  return inspections;
}

bool buys(const LoggedVisit& visit) {
  return std::any_of(visit.events.begin(), visit.events.end(), [](const domain::Event& event) {
    const auto* action = std::get_if<domain::Action>(&event.body);
    return action != nullptr && action->action == domain::ActionKind::kPurchase;
  });
}

}  // namespace inkling::sim
