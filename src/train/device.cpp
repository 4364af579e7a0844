#include "train/device.h"

#include <torch/cuda.h>

#include <array>
#include <string>

#include "base/core/suggest.h"
#include "train/device_name.h"

namespace inkling::train {

base::Result<torch::Device> find_device(std::string_view name) {
  constexpr std::array<std::string_view, 2> kDevices = {"cpu", "cuda"};
  if (name == "cpu") return torch::Device(torch::kCPU);
  if (name != "cuda") {
    return base::invalid_input("device \"" + std::string(name) + "\" is unknown; " +
                               base::expected_one_of(std::string(name), kDevices));
  }
  if (torch::cuda::is_available()) return torch::Device(torch::kCUDA);
  return base::unsupported(
      "device cuda: LibTorch finds no CUDA here (Debian's LibTorch is built for the CPU only); build with a LibTorch "
      "that has CUDA on a machine with an NVIDIA driver, or train with --device cpu");
}

base::Status check_device(std::string_view name) {
  return find_device(name).status();
}

Batch moved(Batch batch, const torch::Device& device) {
  if (device.is_cpu()) return batch;
  const auto move = [&](torch::Tensor& tensor) { tensor = tensor.to(device); };
  for (ViewBatch& view : batch.views) {
    for (torch::Tensor* tensor : {&view.prefix_ids, &view.prefix_lengths, &view.ids, &view.lengths}) move(*tensor);
  }
  for (torch::Tensor* tensor : {&batch.numbers, &batch.statistic_ids, &batch.labels}) move(*tensor);
  return batch;
}

}  // namespace inkling::train
