// In which batches, and in which order, an epoch shows the training samples. Batches group samples of similar length,
// so that little is computed on padding. Depends on (data, batch_size, seed, epoch) only. Thread safety: a free
// function.
#pragma once

#include <cstdint>

#include "train/batch_loader.h"

namespace inkling::train {

[[nodiscard]] BatchList epoch_batches(const SequenceData& data, std::int64_t batch_size, std::uint64_t seed,
                                      int epoch);
// The samples as they come, cut into batches.
[[nodiscard]] BatchList plain_batches(const std::vector<SampleRef>& samples, std::int64_t batch_size);

}  // namespace inkling::train
