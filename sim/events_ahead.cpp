#include "sim/events_ahead.h"

#include <algorithm>

namespace inkling::sim {
namespace {

constexpr std::size_t kMostEventsAPost = 100;

}  // namespace

std::int64_t end_ms(const domain::Event& event) {
  const auto* gestures = std::get_if<domain::Gestures>(&event.body);
  if (gestures == nullptr) return event.ts_ms;
  std::int32_t last_ms = 0;
  if (!gestures->swipes.empty()) last_ms = gestures->swipes.back().offset_ms;
  if (!gestures->taps.empty()) last_ms = std::max(last_ms, gestures->taps.back().offset_ms);
  return event.ts_ms + last_ms;
}

base::Result<std::vector<domain::Event>> tell_due(EventsAhead& ahead, Shop& shop, std::int64_t now_ms, Tally& tally) {
  std::vector<domain::Event> events;
  for (const domain::Event& next : ahead) {
    if (end_ms(next) > now_ms || events.size() == kMostEventsAPost) break;
    events.push_back(next);
  }
  const base::Status status = shop.post(events);
  if (!status.ok()) {
    tally.fail(Call::kEvents, status);
    return status;
  }
  tally.count([&](Counts& counts) {
    ++counts.answered[static_cast<std::size_t>(Call::kEvents)];
    counts.events += events.size();
    for (const auto& told : events) {
      const auto* action = std::get_if<domain::Action>(&told.body);
      if (action != nullptr) ++counts.actions[static_cast<std::size_t>(action->action)];
    }
  });
  ahead.erase(ahead.begin(), ahead.begin() + static_cast<std::ptrdiff_t>(events.size()));
  return events;
}

}  // namespace inkling::sim
