// The product of half_product.h by AMX tiles, over any provider of tiles: the processor's eight (half_tiles_amx.cpp)
// or eight emulated in software (half_emulated_tiles_test.h), so that layout, edges and order are tested everywhere.
//
// A block of C is 2 x 2 tiles of 16 x 16 floats; over k, two tiles of rows meet two tiles of panels in four products.
// Where fewer rows or columns are left, a block is one tile high or wide, and a tile that hangs over the edge of C is
// written beside it and its part copied.
//
// A Tiles type has, for tile numbers known at compile time: zero<T>(), load<T>(first row, bytes from row to row),
// store<T>(...), and multiply<C, A, B>(), which adds to every entry of C the sum over 32 terms of A (rows) and B
// (pairs of terms), all configured by kTileConfig.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "math/half_kernels.h"

namespace inkling::math::half {

// As LDTILECFG reads it: palette 1, eight tiles of 16 rows and 64 bytes.
struct alignas(64) TileConfig {
  std::uint8_t palette = 1;
  std::uint8_t start_row = 0;
  std::array<std::uint8_t, 14> reserved{};
  std::array<std::uint16_t, 16> row_bytes{64, 64, 64, 64, 64, 64, 64, 64};
  std::array<std::uint8_t, 16> rows{16, 16, 16, 16, 16, 16, 16, 16};
};
static_assert(sizeof(TileConfig) == 64);
inline constexpr TileConfig kTileConfig;

inline constexpr std::size_t kTileSide = 16;
inline constexpr std::size_t kFirstRowsTile = 4;
inline constexpr std::size_t kFirstPanelTile = 6;

template <class Tiles>
class TileProduct {
 public:
  TileProduct(Tiles& tiles, const ProductTask& task) : tiles_(tiles), task_(task) {}

  // Two panels (at k = 112: 7 KiB) stay in L1 while all rows pass by.
  void run() {
    std::size_t column = 0;
    for (; column + kTileSide < task_.n; column += 2 * kTileSide) all_rows<2>(column);
    if (column < task_.n) all_rows<1>(column);
  }

 private:
  template <std::size_t kWide>
  void all_rows(std::size_t column) {
    std::size_t row = 0;
    for (; row + kTileSide < task_.m; row += 2 * kTileSide) block<2, kWide>(row, column);
    if (row < task_.m) block<1, kWide>(row, column);
  }

  template <std::size_t kHigh, std::size_t kWide>
  void block(std::size_t row, std::size_t column) {
    start<0>(row, column);
    if constexpr (kWide == 2) start<1>(row, column + kTileSide);
    if constexpr (kHigh == 2) start<2>(row + kTileSide, column);
    if constexpr (kHigh == 2 && kWide == 2) start<3>(row + kTileSide, column + kTileSide);
    const HalfLine* rows = task_.rows + row * task_.depth;
    const HalfLine* panels = task_.panels + column * task_.depth;
    for (std::size_t t = 0; t < task_.depth; ++t) multiply<kHigh, kWide>(rows + t, panels + t * kTileSide);
    finish<0>(row, column);
    if constexpr (kWide == 2) finish<1>(row, column + kTileSide);
    if constexpr (kHigh == 2) finish<2>(row + kTileSide, column);
    if constexpr (kHigh == 2 && kWide == 2) finish<3>(row + kTileSide, column + kTileSide);
  }

  template <std::size_t kHigh, std::size_t kWide>
  void multiply(const HalfLine* rows, const HalfLine* panels) {
    const std::size_t stride = task_.depth * sizeof(HalfLine);
    tiles_.template load<kFirstPanelTile>(panels, sizeof(HalfLine));
    tiles_.template load<kFirstRowsTile>(rows, stride);
    tiles_.template multiply<0, kFirstRowsTile, kFirstPanelTile>();
    if constexpr (kWide == 2) {
      tiles_.template load<kFirstPanelTile + 1>(panels + kTileSide * task_.depth, sizeof(HalfLine));
      tiles_.template multiply<1, kFirstRowsTile, kFirstPanelTile + 1>();
    }
    if constexpr (kHigh == 2) {
      tiles_.template load<kFirstRowsTile + 1>(rows + kTileSide * task_.depth, stride);
      tiles_.template multiply<2, kFirstRowsTile + 1, kFirstPanelTile>();
    }
    if constexpr (kHigh == 2 && kWide == 2) {
      tiles_.template multiply<3, kFirstRowsTile + 1, kFirstPanelTile + 1>();
    }
  }

  [[nodiscard]] std::size_t columns_at(std::size_t column) const { return std::min(kTileSide, task_.n - column); }
  [[nodiscard]] std::size_t rows_at(std::size_t row) const { return std::min(kTileSide, task_.m - row); }
  [[nodiscard]] bool is_whole(std::size_t row, std::size_t column) const {
    return rows_at(row) == kTileSide && columns_at(column) == kTileSide;
  }

  template <std::size_t kTile>
  void start(std::size_t row, std::size_t column) {
    if (task_.add) return start_from_c<kTile>(row, column);
    if (task_.bias == nullptr) return tiles_.template zero<kTile>();
    if (columns_at(column) == kTileSide) return tiles_.template load<kTile>(task_.bias + column, 0);
    edge_.fill(0.0f);
    std::copy_n(task_.bias + column, columns_at(column), edge_.begin());
    tiles_.template load<kTile>(edge_.data(), 0);
  }

  template <std::size_t kTile>
  void start_from_c(std::size_t row, std::size_t column) {
    const float* c = task_.c + row * task_.n + column;
    if (is_whole(row, column)) return tiles_.template load<kTile>(c, task_.n * sizeof(float));
    edge_.fill(0.0f);
    for (std::size_t i = 0; i < rows_at(row); ++i) {
      std::copy_n(c + i * task_.n, columns_at(column), edge_.begin() + i * kTileSide);
    }
    tiles_.template load<kTile>(edge_.data(), kTileSide * sizeof(float));
  }

  template <std::size_t kTile>
  void finish(std::size_t row, std::size_t column) {
    float* c = task_.c + row * task_.n + column;
    if (is_whole(row, column)) return tiles_.template store<kTile>(c, task_.n * sizeof(float));
    tiles_.template store<kTile>(edge_.data(), kTileSide * sizeof(float));
    for (std::size_t i = 0; i < rows_at(row); ++i) {
      std::copy_n(edge_.begin() + i * kTileSide, columns_at(column), c + i * task_.n);
    }
  }

  Tiles& tiles_;
  const ProductTask& task_;
  alignas(64) std::array<float, kTileSide * kTileSide> edge_;
};

}  // namespace inkling::math::half
