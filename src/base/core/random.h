// Seeded random numbers that are the same on every machine and compiler (the standard's distributions are not).
// xoshiro256++ 1.0 (Blackman and Vigna, public domain algorithm), seeded by SplitMix64.
// Thread safety: one Random a thread; split() makes independent streams. Not for secrets.
#pragma once

#include <cmath>
#include <cstdint>

#include "base/core/hash.h"

namespace inkling::base {

class Random {
 public:
  explicit Random(std::uint64_t seed) {
    for (auto& word : state_) {
      seed += 0x9e3779b97f4a7c15ULL;
      word = mix64(seed);
    }
  }

  // A stream that depends on this seed and `stream` only, not on how many numbers were drawn.
  static Random stream(std::uint64_t seed, std::uint64_t stream) { return Random(mix64(seed) ^ mix64(~stream)); }

  std::uint64_t next() {
    const std::uint64_t result = rotate(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = rotate(state_[3], 45);
    return result;
  }

  // Uniform in [0, 1).
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  // Uniform in [0, n); n > 0. The bias is below 2^-32 for every n that fits in 32 bits.
  std::uint64_t below(std::uint64_t n) { return static_cast<std::uint64_t>(uniform() * static_cast<double>(n)); }
  bool chance(double probability) { return uniform() < probability; }
  double normal() {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(6.283185307179586 * uniform());
  }
  // Mean `mean`, positive.
  double exponential(double mean) { return -mean * std::log(1.0 - uniform()); }

 private:
  static std::uint64_t rotate(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
  std::uint64_t state_[4];
};

}  // namespace inkling::base
