#include <algorithm>
#include <cstring>
#include <utility>

#include "artifact/safetensors.h"
#include "base/core/half_float.h"

namespace inkling::artifact {
namespace {

using base::Result;

constexpr std::string_view kScaleSuffix = ".scale";
constexpr std::size_t kAlignmentFloats = kTensorAlignmentBytes / sizeof(float);

bool is_packed(const TensorView& tensor) {
  return tensor.dtype == Dtype::kF16 || tensor.dtype == Dtype::kI8;
}

std::size_t room_floats(const TensorView& tensor) {
  return (tensor.element_count() + kAlignmentFloats - 1) / kAlignmentFloats * kAlignmentFloats;
}

void expand_halves(const TensorView& tensor, std::span<float> out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    std::uint16_t half = 0;
    std::memcpy(&half, tensor.bytes.data() + i * sizeof(half), sizeof(half));
    out[i] = base::from_fp16(half);
  }
}

void expand_rows(const TensorView& tensor, std::span<const std::byte> scales, std::span<float> out) {
  const std::size_t rows = scales.size() / sizeof(float);
  const std::size_t cols = rows == 0 ? 0 : out.size() / rows;
  for (std::size_t row = 0; row < rows; ++row) {
    float scale = 0;
    std::memcpy(&scale, scales.data() + row * sizeof(scale), sizeof(scale));
    for (std::size_t i = row * cols; i < (row + 1) * cols; ++i) {
      out[i] = scale * static_cast<float>(static_cast<std::int8_t>(tensor.bytes[i]));
    }
  }
}

}  // namespace

base::Status Safetensors::expand() {
  std::size_t floats = 0;
  for (const TensorView& tensor : tensors_) floats += is_packed(tensor) ? room_floats(tensor) : 0;
  if (floats == 0) return {};
  const auto room = std::make_shared<std::vector<float>>(floats);
  std::vector<std::string> scales;
  std::vector<TensorView> tensors = tensors_;
  std::size_t next = 0;
  for (TensorView& tensor : tensors) {
    if (!is_packed(tensor)) continue;
    const auto out = std::span<float>(*room).subspan(next, tensor.element_count());
    next += room_floats(tensor);
    if (tensor.dtype == Dtype::kF16) {
      expand_halves(tensor, out);
    } else {
      const Shape rows(tensor.shape.begin(), tensor.shape.begin() + (tensor.shape.empty() ? 0 : 1));
      scales.push_back(tensor.name + std::string(kScaleSuffix));
      INKLING_ASSIGN(const auto scale, checked_bytes(scales.back(), Dtype::kF32, rows, 1));
      expand_rows(tensor, scale, out);
    }
    tensor.dtype = Dtype::kF32;
    tensor.bytes = std::as_bytes(out);
  }
  std::erase_if(tensors, [&](const TensorView& tensor) {
    return std::find(scales.begin(), scales.end(), tensor.name) != scales.end();
  });
  tensors_ = std::move(tensors);
  expanded_ = room;
  index_names();
  return {};
}

}  // namespace inkling::artifact
