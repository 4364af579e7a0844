// What the tests of gestures look at: a simulated log with gestures, cut into visits beside the truth about each.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/event.h"
#include "sim/options.h"
#include "sim/visit_truth.h"

namespace inkling::sim {

struct LoggedVisit {
  VisitTruth truth;
  std::vector<domain::Event> events;  // but impressions
};

// 60 shoppers over 10 days.
[[nodiscard]] MarketplaceOptions gesture_options();
// By name of the visit. Visits that the log's end cuts off are left out.
[[nodiscard]] std::map<std::string, LoggedVisit> whole_visits(const MarketplaceOptions& options);

// One look at reviews: a topic was asked for and another, or the same, was read slowly.
struct Reading {
  int asked = 0;
  int read = 0;
};
[[nodiscard]] std::vector<Reading> readings_of(const LoggedVisit& visit);

// One look at goods: whether the last place inspected is one of those inspected at the beginning.
struct Inspection {
  int last = 0;  // 0..11
  bool returns = false;
};
[[nodiscard]] std::vector<Inspection> inspections_of(const LoggedVisit& visit);

[[nodiscard]] bool buys(const LoggedVisit& visit);

}  // namespace inkling::sim
