// Writes what byte_reader.h reads, name by name. Ownership: owns the bytes until take(). Thread safety: one thread.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace inkling::base {

class ByteWriter {
 public:
  void fixed(std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) out_.push_back(static_cast<std::byte>(value >> (8 * i)));
  }
  void real(double value) { fixed(std::bit_cast<std::uint64_t>(value), sizeof value); }
  void whole(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) fixed((value & 0x7f) | 0x80, 1);
    fixed(value, 1);
  }
  void integer(std::int64_t value) {
    whole((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
  }
  void bytes(std::span<const std::byte> bytes) {
    for (const std::byte byte : bytes) out_.push_back(byte);
  }
  void text(std::string_view text) {
    whole(text.size());
    bytes(std::as_bytes(std::span<const char>(text.data(), text.size())));
  }

  [[nodiscard]] std::span<const std::byte> written() const { return out_; }
  [[nodiscard]] std::vector<std::byte> take() { return std::move(out_); }

 private:
  std::vector<std::byte> out_;
};

}  // namespace inkling::base
