// LibTorch's tensors as the operators read and write them. Failure: c10::Error for a tensor that is not contiguous
// or not on the CPU.
#pragma once

#include <torch/types.h>

#include <cstddef>
#include <span>
#include <type_traits>

namespace inkling::train::fused {

// An undefined tensor has no values.
template <class Real>
[[nodiscard]] std::span<Real> span_of(const torch::Tensor& tensor) {
  if (!tensor.defined()) return {};
  TORCH_CHECK(tensor.is_contiguous() && tensor.device().is_cpu(),
              "the fused operators read contiguous tensors on the CPU");
  return {tensor.data_ptr<std::remove_const_t<Real>>(), static_cast<std::size_t>(tensor.numel())};
}

// The parameter's .grad, made of zeros where there is none yet.
[[nodiscard]] inline torch::Tensor gradient_of(const torch::Tensor& parameter) {
  if (!parameter.defined()) return {};
  torch::Tensor& gradient = parameter.mutable_grad();
  if (!gradient.defined()) gradient = torch::zeros_like(parameter);
  return gradient;
}

}  // namespace inkling::train::fused
