#include <bit>
#include <cmath>

#include "artifact/device_package.h"
#include "base/core/half_float.h"
#include "base/core/hash.h"

namespace inkling::artifact {
namespace {

using base::Status;

constexpr std::size_t kChecksumBytes = 8;

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Status damaged_at(std::size_t position) {
  return base::corrupt("the device package is damaged: what stands before byte " + std::to_string(position) +
                       " cannot be.");
}

Status check_version(const char* what, std::uint64_t found, std::uint32_t expected) {
  if (found == expected) return {};
  return base::unsupported("the device package was made for " + std::string(what) + " version " +
                           std::to_string(found) + ", but this build has " + what + " version " +
                           std::to_string(expected) + "; fetch one that a server of this version makes.");
}

float real(base::ByteReader& in) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(in.fixed(sizeof(float))));
}

void read_floats(base::ByteReader& in, std::span<float> out) {
  for (float& value : out) value = real(in);
}

void read_halves(base::ByteReader& in, std::span<float> out) {
  for (float& value : out) value = base::from_fp16(static_cast<std::uint16_t>(in.fixed(sizeof(std::uint16_t))));
}

// All scales, then all rows.
void read_rows(base::ByteReader& in, std::size_t columns, std::span<float> out) {
  for (std::size_t first = 0; first < out.size(); first += columns) out[first] = real(in);
  for (std::size_t first = 0; first < out.size(); first += columns) {
    const float scale = out[first];
    for (float& value : out.subspan(first, columns)) {
      value = scale * static_cast<float>(static_cast<std::int8_t>(in.fixed(1)));
    }
  }
}

}  // namespace

DeviceReader::DeviceReader(std::span<const std::byte> bytes)
    : all_(bytes),
      in_(bytes.first(bytes.size() < kChecksumBytes ? 0 : bytes.size() - kChecksumBytes)),
      floats_(std::make_shared<std::vector<std::vector<float>>>()) {}

Status DeviceReader::open(DeviceVersions versions) {
  if (text_of(in_.bytes(kDeviceMagic.size())) != kDeviceMagic) {
    return base::corrupt("the " + std::to_string(all_.size()) +
                         " bytes are no device package; inkling export --to edge makes one.");
  }
  const std::uint64_t format = in_.whole();
  if (in_.ok() && format != kDeviceFormat) {
    return base::unsupported("the device package has format " + std::to_string(format) + ", but this build reads " +
                             std::to_string(kDeviceFormat) +
                             "; use another build of Inkling, or fetch the package anew.");
  }
  const auto summed = all_.first(all_.size() - kChecksumBytes);
  if (base::name_hash(text_of(summed)) != base::ByteReader(all_.last(kChecksumBytes)).fixed(kChecksumBytes)) {
    return base::corrupt("the " + std::to_string(all_.size()) +
                         " bytes of the device package do not match their checksum; some are damaged or missing.");
  }
  INKLING_TRY(check_version("fold", in_.whole(), versions.fold));
  INKLING_TRY(check_version("feature", in_.whole(), versions.feature));
  const std::uint64_t precision = in_.fixed(1);
  if (!in_.require(precision < std::size(kDevicePrecisionNames))) return damaged_at(in_.position());
  precision_ = static_cast<DevicePrecision>(precision);
  return {};
}

Status DeviceReader::tensor(std::size_t rows, std::size_t columns, std::span<const float>& out) {
  // Sizes that were read are no larger than what an array of them could be, and come with at least a byte a number.
  const std::size_t size = rows * columns;
  const std::uint64_t kind = in_.fixed(1);
  if (!in_.require(columns == size / std::max<std::size_t>(rows, 1) && size <= in_.left() && kind <= 2)) {
    return damaged_at(in_.position());
  }
  std::vector<float>& values = floats_->emplace_back(size);
  switch (static_cast<DevicePrecision>(kind)) {
    case DevicePrecision::kFloat:
      read_floats(in_, values);
      break;
    case DevicePrecision::kFp16:
      read_halves(in_, values);
      break;
    case DevicePrecision::kInt8:
      read_rows(in_, columns, values);
      break;
  }
  for (const float value : values) in_.require(std::isfinite(value));
  out = values;
  return in_.ok() ? Status() : damaged_at(in_.position());
}

Status DeviceReader::finish() {
  in_.require(in_.left() == 0);
  return in_.ok() ? Status() : damaged_at(in_.position());
}

}  // namespace inkling::artifact
