// Matrix products with bf16 factors and float sums: C [m x n] = A [m x k] B (+ bias), where a relative error of some
// 1e-3 of the sum of magnitudes is bought for two to ten times the speed: in serving, and in training's large
// products (train/fused/products.h). Not for sparse data.
//
// A factor is first rounded to bf16 and laid out once (weights when they are loaded, activations per call), as rows
// (the left factor) or as panels (the right factor); both are padded with zeros, so that no path ever multiplies what
// was not written. Any m, n and k, 0 included; a product over k = 0 terms is 0.
// Rounding: both factors to the nearest bf16, ties to even (half_types.h; subnormal floats become 0). Products are
// exact and summed in float in an order that depends on the path; AMX and AVX512-BF16 treat subnormal sums as 0.
// Against the float product the error is at most 2^-7 + 2^-16 + k 2^-23 of the sum of the terms' magnitudes; over 64
// to 150 random terms it stays below 1.5e-3 of it, with 2.3e-4 to 3.5e-4 as root of the mean square
// (half_product_test). Ownership: views of lines that belong to the caller. Thread safety: pure but for the tiles of
// ProductScope, which belong to the thread. Cost: 2 m n k operations, no allocation. Failure: none; wrong sizes are
// asserted, and so is a path that half_cpu.h does not call available.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "math/half_cpu.h"
#include "math/product.h"

namespace inkling::math {

// Thirty-two 16-bit floats: a cache line, a vector, a row of a tile. std::vector<HalfLine> is aligned as it must be.
struct alignas(64) HalfLine {
  std::array<std::uint16_t, 32> values{};
};

inline constexpr std::size_t kPanelColumns = 16;

// Lines of one row, or of two columns' worth of a panel: k rounded up to whole lines.
[[nodiscard]] constexpr std::size_t depth_lines(std::size_t k) {
  return (k + 31) / 32;
}
[[nodiscard]] constexpr std::size_t rows_lines(std::size_t m, std::size_t k) {
  return (m + 15) / 16 * 16 * depth_lines(k);
}
[[nodiscard]] constexpr std::size_t panels_lines(std::size_t n, std::size_t k) {
  return (n + kPanelColumns - 1) / kPanelColumns * kPanelColumns * depth_lines(k);
}

// A [m x k], row after row, each of depth_lines(k) lines; rows_lines(m, k) lines in all. Whoever fills the lines
// without to_rows (a gather of bf16 table rows, say) leaves what lies beyond m and k at zero.
struct Bf16Rows {
  std::span<const HalfLine> lines;
  std::size_t m = 0;
  std::size_t k = 0;
};

// B in panels of 16 columns, n columns in all; panels_lines(n, k) lines. A line holds, column by column, two
// neighbouring terms: line t of panel p is B[2t][16p], B[2t + 1][16p], B[2t][16p + 1], ...
struct Bf16Panels {
  std::span<const HalfLine> lines;
  std::size_t n = 0;
  std::size_t k = 0;
};

// Round and lay out; every line is written, padding included. The results are the same bits on every machine.
// Cost: one pass. storage.size() >= rows_lines(m, k) or panels_lines(n, k). `stride` is the distance from row to row
// of what is read, in floats; 0 for rows without gaps, as in product.h.
[[nodiscard]] Bf16Rows to_rows(std::span<const float> a, std::size_t m, std::size_t k, std::span<HalfLine> storage,
                               std::size_t stride = 0);
// A^T from A [k x m] row-major: how gradients of weights add up.
[[nodiscard]] Bf16Rows to_rows_transposed(std::span<const float> a, std::size_t m, std::size_t k,
                                          std::span<HalfLine> storage, std::size_t stride = 0);
// B [k x n] row-major, as the right factor of product_nn: values under attention weights.
[[nodiscard]] Bf16Panels to_panels_nn(std::span<const float> b, std::size_t n, std::size_t k,
                                      std::span<HalfLine> storage);
// B [n x k] row-major, as in product_nt: LibTorch's weights, keys under queries.
[[nodiscard]] Bf16Panels to_panels_nt(std::span<const float> b, std::size_t n, std::size_t k,
                                      std::span<HalfLine> storage);

// C = A B + bias, or C += A B (the bias is then empty). bias [n] or empty; c [m x n]; a.k == b.k. C overlaps nothing.
void half_product(ProductPath path, Bf16Rows a, Bf16Panels b, std::span<const float> bias, std::span<float> c,
                  Output output);

// Keeps this thread's tiles configured while it lives, so that the products of one request share one configuration
// (a few hundred cycles) and one release, after which the kernel need not save 8 KiB of tiles at a thread switch.
// half_product() opens its own when there is none. Scopes nest. Within one, nothing else on the thread may configure
// tiles (LibTorch's bf16 products do). On paths without tiles it costs and does nothing. Stays on its thread and its
// stack.
class ProductScope {
 public:
  explicit ProductScope(ProductPath path);
  ~ProductScope();
  ProductScope(const ProductScope&) = delete;
  ProductScope& operator=(const ProductScope&) = delete;

 private:
  bool tiles_;
};

namespace reference {

[[nodiscard]] Bf16Rows to_rows(std::span<const float> a, std::size_t m, std::size_t k, std::span<HalfLine> storage,
                               std::size_t stride = 0);
[[nodiscard]] Bf16Rows to_rows_transposed(std::span<const float> a, std::size_t m, std::size_t k,
                                          std::span<HalfLine> storage, std::size_t stride = 0);
[[nodiscard]] Bf16Panels to_panels_nn(std::span<const float> b, std::size_t n, std::size_t k,
                                      std::span<HalfLine> storage);
[[nodiscard]] Bf16Panels to_panels_nt(std::span<const float> b, std::size_t n, std::size_t k,
                                      std::span<HalfLine> storage);

}  // namespace reference
}  // namespace inkling::math
