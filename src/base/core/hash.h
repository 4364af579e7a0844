// One stable 64-bit hash for names (categories, pages, ids): the same bytes give the same number on every machine, in
// every version, on the device too; it is written to disk and into packages, so it never changes.
// Not for hostile input tables (no secret seed). FNV-1a, then the finaliser of SplitMix64 to spread short names.
#pragma once

#include <cstdint>
#include <string_view>

namespace inkling::base {

constexpr std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

// 0 is kept for "no name": an empty string hashes to 0, and no other string does.
constexpr std::uint64_t name_hash(std::string_view name) {
  if (name.empty()) return 0;
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : name) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  hash = mix64(hash);
  return hash == 0 ? 1 : hash;
}

}  // namespace inkling::base
