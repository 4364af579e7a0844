// Load for one server on this machine, by one thread: requests come by a Poisson process of a rate that may rise or
// fall evenly within a phase, whether or not earlier ones were answered (open loop), over connections that are kept
// alive. A request that finds no free connection waits here, and that wait is its own; latencies count from when it
// was due. A phase of closed loop asks again on each of its connections as soon as it has the answer.
//
// Bounds: the phases given, loopback only. Thread safety: none. Failure: what goes wrong is counted, not told.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "bench/add_on_spike/tally.h"

namespace inkling::bench {

struct Phase {
  std::string name;
  double seconds = 1;
  double from_rate = 0;         // requests a second
  double to_rate = 0;           // at its end
  std::size_t closed_loop = 0;  // connections that ask one after the other; 0: open loop
};

struct LoadOptions {
  std::uint16_t port = 0;
  std::size_t connections = 256;  // most, in open loop
  std::int64_t timeout_ms = 1000;
  std::uint64_t seed = 1;
};

// `requests`: whole HTTP requests, asked in turn. `done` is told after each phase, and whatever was under way then
// counts for the phase in which it was due.
void run_load(const LoadOptions& options, const std::vector<std::string>& requests, const std::vector<Phase>& phases,
              const std::function<void(const Phase&, const Tally&)>& done);

}  // namespace inkling::bench
