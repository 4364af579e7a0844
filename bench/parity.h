// The two halves of bench/figures/parity. Each gives one JSON array, a row a case; the figure formats and judges
// them.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/core/json.h"
#include "base/core/result.h"

namespace inkling::bench {

// DipnNet::forward against DipnScorer on every combination of switches and views; `quick` leaves most of the view
// subsets and the default sizes to the full run. Shards go to `folder`.
[[nodiscard]] base::Result<base::Json> compare_networks(bool quick, std::uint64_t seed,
                                                        const std::filesystem::path& folder);

// Every kernel against its scalar reference, at edge lengths and unaligned, on every instruction set of this machine.
[[nodiscard]] base::Json compare_kernels(std::uint64_t seed);

}  // namespace inkling::bench
