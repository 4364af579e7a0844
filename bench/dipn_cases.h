// DIPN networks on every combination of switches and views, with weights as if trained and samples on the edges, for
// figures that compare forms of the same network (parity, onnx-export-agrees). Uses LibTorch.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "base/core/json.h"
#include "base/core/result.h"
#include "models/dipn/dipn_twin_net.h"

namespace inkling::bench {

// One combination; `row` names it, and visitors add what they found.
struct DipnCase {
  const models::dipn::Architecture& architecture;
  models::dipn::DipnNet& network;
  const artifact::PackageManifest& manifest;
  const models::dipn::twin::Samples& samples;
  const train::SequenceData& data;  // the samples as the training half reads them
};
using DipnCaseVisitor = std::function<base::Status(const DipnCase& each, base::Json& row)>;

// One JSON row a case. `quick` leaves most of the view subsets and the default sizes to the full run. Shards go to
// `folder`. Limits LibTorch to one thread.
[[nodiscard]] base::Result<base::Json> visit_dipn_cases(bool quick, std::uint64_t seed,
                                                        const std::filesystem::path& folder,
                                                        const DipnCaseVisitor& visit);

}  // namespace inkling::bench
