#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string>

#include "artifact/device_package.h"
#include "base/core/half_float.h"
#include "base/core/hash.h"
#include "base/core/suggest.h"

namespace inkling::artifact {
namespace {

using base::ByteWriter;
using base::Result;
using base::Status;

constexpr float kMostInt8 = 127;
constexpr float kMostFp16 = 65504;

Status refuse(std::string_view name, float value, const char* remedy) {
  return base::invalid_input("tensor \"" + std::string(name) + "\": the weight " + std::to_string(value) + " " +
                             remedy + ".");
}

Status check_range(std::string_view name, std::span<const float> values, DevicePrecision precision) {
  for (const float value : values) {
    if (!std::isfinite(value)) return refuse(name, value, "is not a finite number; train the model anew");
    if (precision == DevicePrecision::kFp16 && std::fabs(value) > kMostFp16) {
      return refuse(name, value, "is beyond the 65504 that fp16 holds; use float");
    }
  }
  return {};
}

void write_real(ByteWriter& out, float value) {
  out.fixed(std::bit_cast<std::uint32_t>(value), sizeof value);
}

void write_floats(ByteWriter& out, std::span<const float> values) {
  for (const float value : values) write_real(out, value);
}

void write_halves(ByteWriter& out, std::span<const float> values) {
  for (const float value : values) out.fixed(base::to_fp16(value), sizeof(std::uint16_t));
}

// The largest of a row in magnitude becomes 127; nothing is clipped.
void write_rows(ByteWriter& out, std::size_t rows, std::span<const float> values) {
  const std::size_t columns = rows == 0 ? 0 : values.size() / rows;
  std::vector<float> scales(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    for (const float value : values.subspan(row * columns, columns)) {
      scales[row] = std::max(scales[row], std::fabs(value) / kMostInt8);
    }
  }
  write_floats(out, scales);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float scale = scales[i / columns];
    const float level = scale > 0 ? std::round(values[i] / scale) : 0;
    out.fixed(static_cast<std::uint8_t>(static_cast<std::int8_t>(std::clamp(level, -kMostInt8, kMostInt8))), 1);
  }
}

}  // namespace

Result<DevicePrecision> device_precision_from(std::string_view text) {
  const auto place = std::ranges::find(kDevicePrecisionNames, text);
  if (place != std::end(kDevicePrecisionNames)) {
    return static_cast<DevicePrecision>(place - std::begin(kDevicePrecisionNames));
  }
  return base::invalid_input("precision: \"" + std::string(text) + "\" is not known; " +
                             base::expected_one_of(text, kDevicePrecisionNames) + ".");
}

DeviceWriter::DeviceWriter(DevicePrecision precision, DeviceVersions versions) : precision_(precision) {
  out_.bytes(std::as_bytes(std::span(kDeviceMagic)));
  out_.whole(kDeviceFormat);
  out_.whole(versions.fold);
  out_.whole(versions.feature);
  out_.fixed(static_cast<std::uint64_t>(precision), 1);
}

Status DeviceWriter::add_matrix(std::string_view name, std::size_t rows, std::span<const float> values) {
  if (precision_ == DevicePrecision::kFloat) return add_vector(name, values);
  INKLING_TRY(check_range(name, values, precision_));
  out_.fixed(static_cast<std::uint64_t>(precision_), 1);
  if (precision_ == DevicePrecision::kFp16) {
    write_halves(out_, values);
  } else {
    write_rows(out_, rows, values);
  }
  return {};
}

Status DeviceWriter::add_vector(std::string_view name, std::span<const float> values) {
  INKLING_TRY(check_range(name, values, DevicePrecision::kFloat));
  out_.fixed(static_cast<std::uint64_t>(DevicePrecision::kFloat), 1);
  write_floats(out_, values);
  return {};
}

std::vector<std::byte> DeviceWriter::finish() {
  const auto written = out_.written();
  out_.fixed(base::name_hash({reinterpret_cast<const char*>(written.data()), written.size()}), sizeof(std::uint64_t));
  return out_.take();
}

}  // namespace inkling::artifact
