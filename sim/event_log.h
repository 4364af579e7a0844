// What the tests of this folder look at: the whole output of a simulated marketplace, and its actions by shopper.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "domain/event.h"
#include "sim/options.h"

namespace inkling::sim {

struct LoggedAction {
  std::int64_t ts_ms = 0;
  std::string session;
  domain::Action action;
};
using ActionsByShopper = std::map<std::string, std::vector<LoggedAction>>;

[[nodiscard]] MarketplaceOptions small_options();
[[nodiscard]] std::vector<domain::Event> all_events(const MarketplaceOptions& options);
[[nodiscard]] ActionsByShopper actions_by_shopper(const std::vector<domain::Event>& events);

// Every field that the simulation fills, as text: equal texts are equal events.
[[nodiscard]] std::string text_of(const domain::Event& event);

}  // namespace inkling::sim
