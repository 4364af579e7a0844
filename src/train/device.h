// Where training computes: the one place that names devices and moves batches to one.
// Failure: kInvalidInput for an unknown name, kUnsupported where this machine or LibTorch lacks the device.
#pragma once

#include <torch/types.h>

#include <string_view>

#include "base/core/result.h"
#include "train/sequence_data.h"

namespace inkling::train {

// "cpu" or "cuda".
[[nodiscard]] base::Result<torch::Device> find_device(std::string_view name);
// Every tensor on `device`; the same tensors when they are there already.
[[nodiscard]] Batch moved(Batch batch, const torch::Device& device);

}  // namespace inkling::train
