#include "base/core/byte_reader.h"

#include <bit>
#include <cmath>

namespace inkling::base {

std::span<const std::byte> ByteReader::bytes(std::size_t size) {
  if (!require(size <= left())) return {};
  const auto taken = bytes_.subspan(position_, size);
  position_ += size;
  return taken;
}

std::uint64_t ByteReader::fixed(std::size_t size) {
  std::uint64_t value = 0;
  std::size_t shift = 0;
  for (const std::byte byte : bytes(size)) {
    value |= std::to_integer<std::uint64_t>(byte) << shift;
    shift += 8;
  }
  return value;
}

double ByteReader::real() {
  const auto value = std::bit_cast<double>(fixed(sizeof(double)));
  return require(std::isfinite(value)) ? value : 0;
}

std::uint64_t ByteReader::whole(std::uint64_t most) {
  std::uint64_t value = 0;
  for (std::size_t shift = 0; shift < 64; shift += 7) {
    const std::uint64_t byte = fixed(1);
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return require(value <= most && (shift < 63 || byte < 2)) ? value : 0;
  }
  require(false);
  return 0;
}

std::int64_t ByteReader::integer() {
  const std::uint64_t value = whole();
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

std::size_t ByteReader::count(std::size_t bytes_each) {
  const std::uint64_t found = whole();
  return require(found <= left() / bytes_each) ? static_cast<std::size_t>(found) : 0;
}

std::string_view ByteReader::text(std::size_t most_bytes) {
  const auto taken = bytes(static_cast<std::size_t>(whole(most_bytes)));
  return {reinterpret_cast<const char*>(taken.data()), taken.size()};
}

}  // namespace inkling::base
