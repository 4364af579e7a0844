// Fills a data folder from the simulated marketplace (verbs simulate and standalone).
#pragma once

#include "apps/cli/console.h"
#include "apps/cli/data_folder.h"
#include "sim/options.h"

namespace inkling::cli {

struct Filled {
  std::uint64_t accepted = 0;
  std::uint64_t duplicates = 0;
};

[[nodiscard]] base::Result<Filled> simulate_into(store::Store& store, const sim::MarketplaceOptions& options,
                                                 Console& console);

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
