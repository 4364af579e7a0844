// Plays simulated shoppers against a running server (inkling simulate --against): connections, progress, summary.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "apps/cli/console.h"
#include "apps/cli/driver_http.h"
#include "apps/cli/driver_pacer.h"
#include "sim/days/driven_day_shopper.h"
#include "sim/driver.h"

namespace inkling::cli {

struct DriveRequest {
  server::HttpAddress address;
  sim::DriverOptions options;                // market.start_ms and run are the pacer's
  std::optional<sim::days::DriveDays> days;  // shoppers of promotion days instead of ordinary ones
  double speed = 60;
  double minutes = 0;  // of real time; 0: until options.sessions are over
};

// What became of it. Thread safety: plain values.
struct DriveReport {
  sim::Counts counts;
  double seconds = 0;
  struct Latency {
    std::int64_t p50_us = 0;
    std::int64_t p99_us = 0;
  };
  std::array<Latency, sim::kCallNames.size()> latencies{};
};

// Opens a shop whose calls are timed; whoever wants to look on wraps it.
using WrapShop = std::function<std::unique_ptr<sim::Shop>(std::unique_ptr<sim::Shop>)>;

// Blocks until it is over, or until a signal (SIGINT, SIGTERM) closes the shop early; that is no failure.
// kInvalidInput for a request that cannot be.
[[nodiscard]] base::Result<DriveReport> drive_against(DriveRequest request, const base::Clock& wall, Console& console,
                                                      const WrapShop& wrap = {});

[[nodiscard]] base::Json report_json(const DriveReport& report);
void say_report(const DriveReport& report, Console& console);

}  // namespace inkling::cli
