// Fills a data folder from the simulated marketplace (verbs simulate and standalone).
#pragma once

#include <functional>
#include <string>

#include "apps/cli/console.h"
#include "apps/cli/data_folder.h"
#include "sim/days/options.h"
#include "sim/options.h"

namespace inkling::cli {

struct Filled {
  std::uint64_t accepted = 0;
  std::uint64_t duplicates = 0;
};

// Ordinary days, and promotion days behind them.
struct Simulation {
  sim::MarketplaceOptions market;
  sim::days::DaysOptions days;
};

// One signal, of gestures or of promotion days; kInvalidInput when it is not known or there is nothing that tells it.
[[nodiscard]] base::Status switch_off(Simulation& simulation, const std::string& signal);
// `truths`: JSON lines are appended to it (simulation_truth.h); nullptr: nobody wants to know.
[[nodiscard]] base::Status simulate_events(const Simulation& simulation,
                                           const std::function<base::Status(domain::Event&&)>& on_event,
                                           std::string* truths);
[[nodiscard]] base::Result<Filled> simulate_into(store::Store& store, const Simulation& simulation, Console& console);

// Appends events in batches, so that one disk sync serves many of them.
class BatchAppender {
 public:
  explicit BatchAppender(store::Store& store) : store_(store) {}
  [[nodiscard]] base::Status add(domain::Event&& event);
  [[nodiscard]] base::Status flush();
  [[nodiscard]] const Filled& filled() const { return filled_; }

 private:
  static constexpr std::size_t kBatch = 1024;
  store::Store& store_;
  std::vector<domain::Event> batch_;
  Filled filled_;
};

}  // namespace inkling::cli
