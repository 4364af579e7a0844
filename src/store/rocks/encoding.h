// The bytes of the store's keys and small values: big-endian, so that RocksDB's byte order is the number's order.
#pragma once

#include <rocksdb/slice.h>

#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>

namespace inkling::store::rocks {

inline constexpr std::size_t kNumberBytes = 8;

inline void append_number(std::string& out, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>((number >> shift) & 0xff));
}

// The number in the first eight of `bytes`.
[[nodiscard]] inline std::uint64_t read_number(std::string_view bytes) {
  assert(bytes.size() >= kNumberBytes);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < kNumberBytes; ++i) number = (number << 8) | static_cast<unsigned char>(bytes[i]);
  return number;
}

// One shopper's events lie together, in journal order: id, NUL, sequence. Ids hold no NUL (the door refuses them), so
// no shopper's range reaches into another's.
inline void append_shopper_key(std::string& out, std::string_view shopper, std::uint64_t sequence) {
  out.append(shopper);
  out.push_back('\0');
  append_number(out, sequence);
}

[[nodiscard]] inline std::string_view view(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}
[[nodiscard]] inline rocksdb::Slice slice(std::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace inkling::store::rocks
