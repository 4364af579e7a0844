// Reads and writes safetensors: named arrays plus a string map, the file of every package and sample shard. The
// format is 8 bytes of little-endian header length, a JSON header, then the data without holes. Not for files on disk
// by itself (mapped_file.h, tensor_file.h) and not for machines that are big-endian.
//
// Layout of what we write: every tensor starts at a multiple of 64 bytes of the file. Where that needs filler, the
// filler is a tensor of its own named "__pad__<n>" (dtype U8), because the format allows no holes; the reader hides
// it. The metadata key "inkling_checksums" holds one 64-bit checksum a tensor, so that flipped bits are noticed.
// Shapes: row-major; an empty shape is one scalar. Ownership: Safetensors borrows the bytes it was made from, and
// every TensorView and span points into them. Thread safety: const calls from any thread; a writer from one thread.
// Cost: parse is O(header), reads no data; verify_checksums reads all. Failure: kCorrupt that names tensor and
// offset. Source: the published safetensors format description (Hugging Face), limits included.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace inkling::artifact {

enum class Dtype : std::uint8_t { kF32, kF64, kF16, kBf16, kI8, kU8, kI16, kU16, kI32, kU32, kI64, kU64, kBool };
using Shape = std::vector<std::int64_t>;
using Metadata = std::map<std::string, std::string>;

inline constexpr std::size_t kTensorAlignmentBytes = 64;
inline constexpr std::size_t kHeaderLimitBytes = 100'000'000;
inline constexpr std::string_view kChecksumsKey = "inkling_checksums";

[[nodiscard]] std::string_view dtype_name(Dtype dtype);
[[nodiscard]] std::size_t dtype_bytes(Dtype dtype);
// "[2, 3]"
[[nodiscard]] std::string shape_text(const Shape& shape);

template <typename T>
[[nodiscard]] constexpr Dtype dtype_of();  // no definition: a type without a dtype does not link
template <>
constexpr Dtype dtype_of<float>() {
  return Dtype::kF32;
}
template <>
constexpr Dtype dtype_of<double>() {
  return Dtype::kF64;
}
template <>
constexpr Dtype dtype_of<std::int8_t>() {
  return Dtype::kI8;
}
template <>
constexpr Dtype dtype_of<std::uint8_t>() {
  return Dtype::kU8;
}
template <>
constexpr Dtype dtype_of<std::int16_t>() {
  return Dtype::kI16;
}
template <>
constexpr Dtype dtype_of<std::uint16_t>() {
  return Dtype::kU16;
}
template <>
constexpr Dtype dtype_of<std::int32_t>() {
  return Dtype::kI32;
}
template <>
constexpr Dtype dtype_of<std::uint32_t>() {
  return Dtype::kU32;
}
template <>
constexpr Dtype dtype_of<std::int64_t>() {
  return Dtype::kI64;
}
template <>
constexpr Dtype dtype_of<std::uint64_t>() {
  return Dtype::kU64;
}
template <>
constexpr Dtype dtype_of<bool>() {
  return Dtype::kBool;
}

// What the header says of one tensor.
struct TensorSpec {
  std::string name;
  Dtype dtype = Dtype::kF32;
  Shape shape;
};

struct TensorView : TensorSpec {
  std::size_t offset = 0;            // of the first byte, from the start of the file
  std::span<const std::byte> bytes;  // dtype_bytes * product of shape
  [[nodiscard]] std::size_t element_count() const { return bytes.size() / dtype_bytes(dtype); }
};

class Safetensors {
 public:
  static base::Result<Safetensors> parse(std::span<const std::byte> file_bytes);

  // In the order of the data, filler left out.
  [[nodiscard]] const std::vector<TensorView>& tensors() const { return tensors_; }
  [[nodiscard]] const TensorView* find(std::string_view name) const;
  [[nodiscard]] const Metadata& metadata() const { return metadata_; }

  // The elements of a tensor. `expected` must match; -1 in it takes any size there (read it from find()->shape).
  // Failure: kCorrupt if absent (names the nearest), of another dtype or shape, or not aligned for T in memory.
  template <typename T>
  [[nodiscard]] base::Result<std::span<const T>> values(std::string_view name, const Shape& expected) const {
    INKLING_ASSIGN(const auto raw, checked_bytes(name, dtype_of<T>(), expected, alignof(T)));
    return std::span<const T>(reinterpret_cast<const T*>(raw.data()), raw.size() / sizeof(T));
  }
  [[nodiscard]] base::Result<std::span<const float>> floats(std::string_view name, const Shape& expected) const {
    return values<float>(name, expected);
  }
  // For dtypes without a C++ type (F16, BF16) and for callers that convert.
  [[nodiscard]] base::Result<std::span<const std::byte>> checked_bytes(std::string_view name, Dtype dtype,
                                                                       const Shape& expected,
                                                                       std::size_t alignment_bytes) const;
  // Reads every byte once. kCorrupt that names the damaged tensor; kCorrupt too if the file carries no checksums.
  [[nodiscard]] base::Status verify_checksums() const;

 private:
  std::vector<TensorView> tensors_;
  std::vector<std::uint32_t> by_name_;  // indexes of tensors_, sorted by name
  Metadata metadata_;
};

// The 64-bit checksum of one tensor: its dtype, shape and bytes, whatever the pieces in which they arrive.
class TensorChecksum {
 public:
  explicit TensorChecksum(const TensorSpec& spec);
  void update(std::span<const std::byte> bytes);
  // 16 hexadecimal digits, of what came so far.
  [[nodiscard]] std::string text() const;

 private:
  std::uint64_t state_;
  std::uint64_t tail_ = 0;  // bytes that do not fill a word yet
  std::uint64_t length_bytes_ = 0;
};

// The header of a file: what a writer needs to know before the data flows.
struct SafetensorsLayout {
  struct Slot {
    TensorSpec spec;
    std::size_t begin = 0;  // of the data section
    std::size_t end = 0;
    bool is_filler = false;
  };
  std::vector<Slot> slots;  // in the order of the data
  std::size_t data_bytes = 0;
  // Data order = order given. kInvalidInput on an empty, reserved or duplicate name or a negative shape.
  static base::Result<SafetensorsLayout> plan(std::span<const TensorSpec> specs);
  // Length prefix and JSON, padded with blanks so that the data starts at a multiple of 64. `checksums` has one text
  // a slot that is not filler, in order; its length, and so the header's, does not depend on the values.
  // kInvalidInput if a name or the metadata is not UTF-8.
  [[nodiscard]] base::Result<std::vector<std::byte>> header_bytes(const Metadata& metadata,
                                                                  std::span<const std::string> checksums) const;
};

// Builds a file in memory. The same calls give the same bytes. Copies what it is given.
class SafetensorsWriter {
 public:
  // kInvalidInput if the shape does not hold exactly values.size() elements; name checks come with bytes().
  template <typename T>
  base::Status add(std::string name, Shape shape, std::span<const T> values) {
    return add_bytes(std::move(name), dtype_of<T>(), std::move(shape), std::as_bytes(values));
  }
  base::Status add_bytes(std::string name, Dtype dtype, Shape shape, std::span<const std::byte> bytes);
  void set_metadata(std::string key, std::string value) { metadata_[std::move(key)] = std::move(value); }
  [[nodiscard]] base::Result<std::vector<std::byte>> bytes() const;

 private:
  std::vector<TensorSpec> specs_;
  std::vector<std::vector<std::byte>> data_;
  Metadata metadata_;
};

}  // namespace inkling::artifact
