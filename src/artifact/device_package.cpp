#include "artifact/device_package.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/core/half_float.h"
#include "base/core/suggest.h"

namespace inkling::artifact {
namespace {

using base::Result;
using base::Status;

constexpr std::array<std::string_view, 3> kNames = {"float", "fp16", "int8"};  // in the order of DevicePrecision
constexpr float kMostInt8 = 127;
constexpr float kMostFp16 = 65504;

Status refuse(const TensorView& tensor, float value, const char* remedy) {
  return base::invalid_input("tensor \"" + tensor.name + "\": the weight " + std::to_string(value) + " " + remedy +
                             ".");
}

Status check_range(const TensorView& tensor, std::span<const float> values, DevicePrecision precision) {
  for (const float value : values) {
    if (!std::isfinite(value)) return refuse(tensor, value, "is not a finite number; train the model anew");
    if (precision == DevicePrecision::kFp16 && std::fabs(value) > kMostFp16) {
      return refuse(tensor, value, "is beyond the 65504 that fp16 holds; use float");
    }
  }
  return {};
}

Status add_halves(SafetensorsWriter& writer, const TensorView& tensor, std::span<const float> values) {
  std::vector<std::uint16_t> halves(values.size());
  std::ranges::transform(values, halves.begin(), [](float value) { return base::to_fp16(value); });
  return writer.add_bytes(tensor.name, Dtype::kF16, tensor.shape, std::as_bytes(std::span(halves)));
}

// The largest of a row in magnitude becomes 127; nothing is clipped.
Status add_rows(SafetensorsWriter& writer, const TensorView& tensor, std::span<const float> values) {
  const auto rows = static_cast<std::size_t>(tensor.shape[0]);
  const std::size_t cols = rows == 0 ? 0 : values.size() / rows;
  std::vector<std::int8_t> packed(values.size());
  std::vector<float> scales(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const auto weights = values.subspan(row * cols, cols);
    float most = 0;
    for (const float weight : weights) most = std::max(most, std::fabs(weight));
    const float scale = scales[row] = most / kMostInt8;
    for (std::size_t i = 0; i < cols; ++i) {
      const float level = scale > 0 ? std::round(weights[i] / scale) : 0;
      packed[row * cols + i] = static_cast<std::int8_t>(std::clamp(level, -kMostInt8, kMostInt8));
    }
  }
  INKLING_TRY(writer.add<std::int8_t>(tensor.name, tensor.shape, packed));
  return writer.add<float>(tensor.name + ".scale", {tensor.shape[0]}, scales);
}

Status add_tensor(SafetensorsWriter& writer, const Package& package, const TensorView& tensor,
                  DevicePrecision precision) {
  if (tensor.dtype != Dtype::kF32 || tensor.shape.size() < 2) {
    return writer.add_bytes(tensor.name, tensor.dtype, tensor.shape, tensor.bytes);
  }
  INKLING_ASSIGN(const auto values, package.weights().floats(tensor.name, tensor.shape));
  INKLING_TRY(check_range(tensor, values, precision));
  return precision == DevicePrecision::kFp16 ? add_halves(writer, tensor, values) : add_rows(writer, tensor, values);
}

}  // namespace

std::string_view device_precision_name(DevicePrecision precision) {
  return kNames[static_cast<std::size_t>(precision)];
}

Result<DevicePrecision> device_precision_from(std::string_view text) {
  const auto place = std::ranges::find(kNames, text);
  if (place != kNames.end()) return static_cast<DevicePrecision>(place - kNames.begin());
  return base::invalid_input("precision: \"" + std::string(text) + "\" is not known; " +
                             base::expected_one_of(text, kNames) + ".");
}

Result<std::vector<std::byte>> device_package(const Package& package, DevicePrecision precision) {
  PackageManifest manifest = package.manifest();
  if (!manifest.precision.empty()) {
    return base::unsupported("package " + manifest.name + " " + manifest.version + " is kept as " +
                             manifest.precision + " itself; make device packages from the one that training wrote.");
  }
  const auto file = package.weights_file();
  if (precision == DevicePrecision::kFloat) return std::vector<std::byte>(file.begin(), file.end());
  manifest.precision = device_precision_name(precision);
  SafetensorsWriter writer;
  for (const auto& [key, value] : package.weights().metadata()) writer.set_metadata(key, value);
  writer.set_metadata(std::string(kManifestKey), manifest_to_json(manifest).to_text());
  for (const TensorView& tensor : package.weights().tensors()) {
    INKLING_TRY(add_tensor(writer, package, tensor, precision));
  }
  return writer.bytes();
}

}  // namespace inkling::artifact
