// What one seed of an add-on suite learns from and is tested on: simulated promotion days, cut in two by time.
// Nothing of the test part is known while learning: samples that teach are followed up to its beginning and no
// further. EVERYTHING IN IT IS SIMULATED. Thread safety: plain values; making one is a pure function of suite and
// seed. Cost: the simulation, a few microseconds an event. Failure: kInvalidInput when a part has no sample.
#pragma once

#include <cstdint>
#include <vector>

#include "apps/cli/add_on_suite.h"
#include "apps/cli/console.h"
#include "basket/add_on_sample.h"
#include "basket/purchase.h"
#include "funnel/sample_maker.h"

namespace inkling::cli {

struct AddOnTrial {
  std::uint64_t seed = 0;
  std::int64_t test_ms = 0;                 // where the test part begins
  std::vector<basket::Purchase> purchases;  // of all days, in the order of time
  std::vector<basket::AddOnSample> train;   // in the order of time, as the other two
  std::vector<basket::AddOnSample> test;
  // Of the days before all others; empty when nobody starts warm.
  std::vector<basket::AddOnSample> feed;
  std::vector<basket::Purchase> feed_purchases;
  std::int64_t feed_end_ms = 0;
  funnel::SampleCounts train_counts;
  funnel::SampleCounts all_counts;  // of both parts
  std::uint64_t feed_shown = 0;     // items, in all looks of the feed

  [[nodiscard]] std::size_t test_offers() const;
};

[[nodiscard]] base::Result<AddOnTrial> make_trial(const AddOnSuite& suite, std::uint64_t seed, Console& console);

}  // namespace inkling::cli
