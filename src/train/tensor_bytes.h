// LibTorch tensors as the bytes of a safetensors file, and back: for checkpoints and for starting from a package.
// Shapes and dtypes stay as they are; a tensor of another device arrives on the CPU. Thread safety: free functions.
// Failure: kUnsupported for a dtype that safetensors lacks, naming the tensor; kCorrupt for what does not fit.
#pragma once

#include <torch/types.h>

#include <string>
#include <utility>
#include <vector>

#include "artifact/safetensors.h"
#include "base/core/result.h"

namespace inkling::train {

using NamedTensors = std::vector<std::pair<std::string, torch::Tensor>>;

[[nodiscard]] base::Status add_tensor(artifact::SafetensorsWriter& out, const std::string& name,
                                      const torch::Tensor& tensor);
// A copy of its own on the CPU.
[[nodiscard]] base::Result<torch::Tensor> tensor_of(const artifact::TensorView& view);

}  // namespace inkling::train
