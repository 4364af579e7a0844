// The bytes of the store's keys and small values: big-endian, so that RocksDB's byte order is the number's order.
// Postings: the per-shopper index keeps a run of sequences under one key, which names the first; the value holds the
// distance from each to the next as a LEB128 varint. An event that came alone has an empty value.
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

// `distance` is 1 or more.
inline void append_posting(std::string& out, std::uint64_t distance) {
  for (; distance >= 0x80; distance >>= 7) out.push_back(static_cast<char>(0x80 | (distance & 0x7f)));
  out.push_back(static_cast<char>(distance));
}

// Takes one distance off the front; 0 when none is there whole.
[[nodiscard]] inline std::uint64_t take_posting(std::string_view& bytes) {
  std::uint64_t distance = 0;
  for (std::size_t i = 0; i < bytes.size() && i < 10; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    distance |= static_cast<std::uint64_t>(byte & 0x7f) << (7 * i);
    if (byte >= 0x80) continue;
    bytes.remove_prefix(i + 1);
    return distance;
  }
  return 0;
}

[[nodiscard]] inline std::string_view view(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}
[[nodiscard]] inline rocksdb::Slice slice(std::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace inkling::store::rocks
