// One step's gradients: a batch forward and back, at once or in the micro-batches that a network asks for.
#pragma once

#include <vector>

#include "train/fit_network.h"

namespace inkling::train {

// Adds the gradient of the batch's joint loss to the parameters' .grad and returns that loss. Micro-batches are
// weighed by their share of the samples, so the sum is the batch's own loss and gradient up to the order of
// summation.
[[nodiscard]] double accumulate_gradients(Network& network, const Batch& batch,
                                          const std::vector<double>& loss_weights);

// Samples [begin, begin + count) of a batch. Shares the batch's memory.
[[nodiscard]] Batch part_of(const Batch& batch, std::int64_t begin, std::int64_t count);

}  // namespace inkling::train
