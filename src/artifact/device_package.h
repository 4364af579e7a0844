// Device packages: one compact file for a phone, browser or native app (docs/formats.md, "Device packages"). This is
// their frame and the form of their tensors; what a model says of itself in between is the model's own
// (models/dipn/dipn_device.h). Not for servers, whose packages are safetensors with names and JSON (package.h).
//
// A package is for the fold and feature version that it names. One checksum stands over everything. Tensors of two
// dimensions are kept as the precision says: floats; fp16, rounded to nearest; int8, weight = scale of its row x
// number in -127..127, the largest of a row becoming 127. Vectors stay floats. There are no names: a reader takes
// tensors in the order in which the writer was given them. Thread safety: one thread. Cost: one pass over the bytes;
// the same calls give the same bytes. Ownership: the reader borrows the bytes while it reads; the floats belong to
// owner(). Wasm-clean but for the writer. Failure, writing: kInvalidInput that names the tensor with a weight that
// the form cannot hold (not finite; beyond 65504 as fp16). Reading: kCorrupt for what is damaged, cut or no device
// package, kUnsupported for a newer format or another fold or feature version; never a trap, whatever the bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/core/byte_reader.h"
#include "base/core/byte_writer.h"
#include "base/core/result.h"

namespace inkling::artifact {

inline constexpr std::string_view kDeviceMagic = "inkedge\n";
inline constexpr std::uint64_t kDeviceFormat = 1;

enum class DevicePrecision : std::uint8_t { kFloat, kFp16, kInt8 };
inline constexpr std::string_view kDevicePrecisionNames[] = {"float", "fp16", "int8"};

[[nodiscard]] inline std::string_view device_precision_name(DevicePrecision precision) {
  return kDevicePrecisionNames[static_cast<std::size_t>(precision)];
}
// kInvalidInput for any other text, with the nearest of the three.
[[nodiscard]] base::Result<DevicePrecision> device_precision_from(std::string_view text);

// What state and features a package rests on.
struct DeviceVersions {
  std::uint32_t fold = 0;
  std::uint32_t feature = 0;
};

class DeviceWriter {
 public:
  DeviceWriter(DevicePrecision precision, DeviceVersions versions);

  // For what the model says of itself: between the head and the first tensor.
  [[nodiscard]] base::ByteWriter& fields() { return out_; }
  // [rows x columns], row-major; `name` is for the complaint.
  [[nodiscard]] base::Status add_matrix(std::string_view name, std::size_t rows, std::span<const float> values);
  [[nodiscard]] base::Status add_vector(std::string_view name, std::span<const float> values);
  // Once only.
  [[nodiscard]] std::vector<std::byte> finish();

 private:
  DevicePrecision precision_;
  base::ByteWriter out_;
};

class DeviceReader {
 public:
  explicit DeviceReader(std::span<const std::byte> bytes);

  // Head and checksum; nothing else may be asked before.
  [[nodiscard]] base::Status open(DeviceVersions versions);
  [[nodiscard]] DevicePrecision precision() const { return precision_; }
  [[nodiscard]] base::ByteReader& fields() { return in_; }
  // The next tensor as rows x columns floats.
  [[nodiscard]] base::Status tensor(std::size_t rows, std::size_t columns, std::span<const float>& out);
  // Ok when all was read, to the last byte, and nothing of it failed.
  [[nodiscard]] base::Status finish();
  // Of all floats that tensor() gave.
  [[nodiscard]] std::shared_ptr<const void> owner() const { return floats_; }

 private:
  std::span<const std::byte> all_;
  base::ByteReader in_;
  DevicePrecision precision_ = DevicePrecision::kFloat;
  std::shared_ptr<std::vector<std::vector<float>>> floats_;
};

}  // namespace inkling::artifact
