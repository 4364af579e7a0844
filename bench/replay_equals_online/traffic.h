// The events of a simulated shop in the order in which a server gets to see them: mostly as they happen, some minutes
// to days late, some twice, some behind their successor. EVERYTHING IN IT IS SIMULATED. Not for what becomes of them.
// The same options give the same traffic. Thread safety: plain values. Memory: all events at once, about 0.5 KB each.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "base/core/result.h"
#include "domain/event.h"

namespace inkling::bench {

struct TrafficOptions {
  std::uint64_t seed = 1;
  std::uint32_t shoppers = 400;
  std::uint32_t days = 4;
  std::uint32_t items = 300;
};

struct Arrival {
  std::int64_t arrival_ms = 0;
  domain::Event event;
};

struct Traffic {
  std::vector<domain::Event> catalogue;
  std::vector<Arrival> arrivals;  // by arrival_ms
  std::uint64_t delayed = 0;      // held back by minutes to days
  std::uint64_t repeated = 0;     // sent a second time under the same id
  std::uint64_t swapped = 0;      // sent right after the event that followed them
};

// Whether the fold counts it among its shopper's events: impressions are the shop's own doing.
[[nodiscard]] inline bool is_folded(const domain::Event& event) {
  return !std::holds_alternative<domain::Impression>(event.body);
}

// What the simulated shoppers do, and gestures made up around it, as it happened.
[[nodiscard]] base::Result<std::vector<domain::Event>> simulated_events(const TrafficOptions& options);

[[nodiscard]] base::Result<Traffic> make_traffic(const TrafficOptions& options);

}  // namespace inkling::bench
