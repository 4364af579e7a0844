// What teaches the network: questions of the journal's impressions, or items taken out of baskets that were bought.
//
// Statistics, and what each shopper bought, end before the days that teach, so that no sample is among what its
// inputs count; behaviours and carts are as of the question. Thread safety: one thread. Memory: 0.5 KB a candidate.
// Failure: kInvalidInput that says what is missing when nothing teaches.
#pragma once

#include <cstdint>
#include <vector>

#include "basket/removal_options.h"
#include "models/caam/caam_network_net.h"
#include "models/caam/caam_package.h"
#include "train/ranking_half.h"

namespace inkling::models::caam {

struct SampleOptions {
  basket::RemovalOptions removal;  // of impressions, its days and statistics
  std::uint32_t min_id_count = 3;  // ids that stand less often among what teaches share the row of unknown ones
  bool impressions = true;         // false: items taken out
  std::uint64_t seed = 1;
};

struct TeachingSamples {
  std::vector<NetworkSample> samples;  // in the order of time
  InputTables tables;                  // made from them
};

// `job`: purchases, samples and parent; of these what came before `end_ms` counts. `sight`: of the variant.
[[nodiscard]] base::Result<TeachingSamples> teaching_samples(const train::RankingJob& job, std::int64_t end_ms,
                                                             const SampleOptions& options, const Sight& sight);

// Of all purchases before `end_ms`.
[[nodiscard]] base::Result<basket::CoBasket> statistics_until(std::span<const basket::Purchase> purchases,
                                                              std::int64_t end_ms,
                                                              const basket::CoBasketOptions& options);

}  // namespace inkling::models::caam
