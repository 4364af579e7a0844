// An event id as the store remembers it: a hash of 128 bits, so that every entry has the same small size and ids sort
// like numbers. Two of a billion ids share a key with a probability of 10^-21; then the later event would be dropped
// as told before. Not against an attacker who looks for such pairs: what could be dropped are the attacker's own
// events. On disk: changing the hash makes all ids forgotten, so kFormatVersion must then be raised.
#pragma once

#include <bit>
#include <compare>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/core/hash.h"
#include "store/rocks/encoding.h"

namespace inkling::store::rocks {

// Never all zero, so that zero can stand for "none" in memory.
struct IdKey {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  auto operator<=>(const IdKey&) const = default;
};
inline constexpr std::size_t kIdKeyBytes = 2 * kNumberBytes;

static_assert(std::endian::native == std::endian::little, "words are read as they lie in memory");

// Two lanes that take in the same words by different steps: ids that collide in one do not in the other.
[[nodiscard]] inline IdKey id_key(std::string_view id) {
  IdKey key = {base::mix64(id.size() + 0x9e3779b97f4a7c15ULL), base::mix64(~id.size())};
  const auto take = [&key](std::uint64_t word) {
    key.high = base::mix64(key.high ^ word);
    key.low = base::mix64(key.low + word * 0xd6e8feb86659fd93ULL);
  };
  std::uint64_t word = 0;
  std::size_t i = 0;
  for (; i + sizeof word <= id.size(); i += sizeof word) {
    std::memcpy(&word, id.data() + i, sizeof word);
    take(word);
  }
  if (i < id.size()) {
    word = 0;
    std::memcpy(&word, id.data() + i, id.size() - i);
    take(word);
  }
  if (key == IdKey{}) key.low = 1;
  return key;
}

inline void append_id_key(std::string& out, const IdKey& key) {
  append_number(out, key.high);
  append_number(out, key.low);
}

}  // namespace inkling::store::rocks
