// For tests: the tiles of AMX and the lanes of AVX512-FP16 in software, so that the algorithms written over them
// (half_tiles-inl.h, half_fp16-inl.h) run on every machine. Exact to the manuals' pseudo-code (Intel 64 manual volume
// 2: LDTILECFG, TILELOADD, TILESTORED, TILEZERO, TDPBF16PS; VFMADD231PH); what the processor would refuse (#UD) sets
// refused() instead.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "math/half_fp16-inl.h"
#include "math/half_tiles-inl.h"
#include "math/half_types.h"

namespace inkling::math::half {

// TDPBF16PS reads subnormal numbers as zero and rounds to zero what would become one, whatever MXCSR says.
inline float flushed(float x) {
  return std::fpclassify(x) == FP_SUBNORMAL ? std::copysign(0.0f, x) : x;
}

class EmulatedTiles {
 public:
  EmulatedTiles() = default;  // not configured: everything is refused
  explicit EmulatedTiles(const TileConfig& config) : config_(config), configured_(config.palette == 1) {
    for (std::size_t tile = 0; tile < kTiles; ++tile) {
      if (config.rows[tile] > 16 || config.row_bytes[tile] > 64) refused_ = true;
    }
  }
  [[nodiscard]] bool refused() const { return refused_; }

  template <std::size_t kTile>
  void zero() {
    require(is_usable(kTile));
    tiles_[kTile] = {};
  }
  template <std::size_t kTile>
  void load(const void* first, std::size_t stride) {
    require(is_usable(kTile));
    tiles_[kTile] = {};
    for (std::size_t row = 0; row < config_.rows[kTile]; ++row) {
      std::memcpy(tiles_[kTile][row].data(), static_cast<const char*>(first) + row * stride,
                  config_.row_bytes[kTile]);
    }
  }
  template <std::size_t kTile>
  void store(void* first, std::size_t stride) {
    require(is_usable(kTile));
    for (std::size_t row = 0; row < config_.rows[kTile]; ++row) {
      std::memcpy(static_cast<char*>(first) + row * stride, tiles_[kTile][row].data(), config_.row_bytes[kTile]);
    }
  }
  template <std::size_t kSum, std::size_t kRows, std::size_t kPanel>
  void multiply() {
    require(is_usable(kSum) && is_usable(kRows) && is_usable(kPanel));
    require(kSum != kRows && kSum != kPanel && kRows != kPanel);
    require(config_.rows[kSum] == config_.rows[kRows] && config_.row_bytes[kSum] == config_.row_bytes[kPanel]);
    require(config_.row_bytes[kRows] == 4 * config_.rows[kPanel]);
    if (refused_) return;
    for (std::size_t row = 0; row < 16; ++row) {
      for (std::size_t column = 0; column < 16; ++column) add_terms<kSum, kRows, kPanel>(row, column);
    }
  }

 private:
  using Tile = std::array<std::array<std::uint16_t, 32>, 16>;
  static constexpr std::size_t kTiles = 8;

  void require(bool condition) { refused_ = refused_ || !condition; }
  [[nodiscard]] bool is_usable(std::size_t tile) const { return configured_ && config_.rows[tile] > 0; }

  template <std::size_t kSum, std::size_t kRows, std::size_t kPanel>
  void add_terms(std::size_t row, std::size_t column) {
    const bool inside = row < config_.rows[kSum] && column < config_.row_bytes[kSum] / 4U;
    float even = 0.0f, odd = 0.0f;
    for (std::size_t pair = 0; inside && pair < config_.row_bytes[kRows] / 4U; ++pair) {
      const auto& a = tiles_[kRows][row];
      const auto& b = tiles_[kPanel][pair];
      even = flushed(std::fma(term(a[2 * pair]), term(b[2 * column]), even));
      odd = flushed(std::fma(term(a[2 * pair + 1]), term(b[2 * column + 1]), odd));
    }
    float sum = 0.0f;
    std::memcpy(&sum, &tiles_[kSum][row][2 * column], sizeof(sum));
    sum = inside ? flushed(flushed(sum) + flushed(even + odd)) : 0.0f;
    std::memcpy(&tiles_[kSum][row][2 * column], &sum, sizeof(sum));
  }
  static float term(std::uint16_t half) { return flushed(from_bf16(half)); }

  TileConfig config_{};
  bool configured_ = false;
  bool refused_ = false;
  std::array<Tile, kTiles> tiles_{};
};

struct EmulatedLanes {
  using Register = std::array<std::uint16_t, 32>;

  static void zero(Register& out) { out = {}; }
  static void load(Register& out, const HalfLine& line) { out = line.values; }
  static void broadcast(Register& out, const std::uint16_t* pair) {
    for (std::size_t i = 0; i < 32; ++i) out[i] = pair[i % 2];
  }
  static void fma(Register& sum, const Register& a, const Register& b) {
    for (std::size_t i = 0; i < 32; ++i) sum[i] = fp16_fma(a[i], b[i], sum[i]);
  }
  static void join(const Register& sum, const float* start, float* y) {
    for (std::size_t j = 0; j < 16; ++j) y[j] = start[j] + (from_fp16(sum[2 * j]) + from_fp16(sum[2 * j + 1]));
  }
  static void round(const float* x, std::size_t count, HalfLine& line) {
    line = {};
    for (std::size_t i = 0; i < count; ++i) line.values[i] = to_fp16(x[i]);
  }
};

}  // namespace inkling::math::half
