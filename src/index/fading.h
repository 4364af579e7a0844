// Fading sums that stand still: what is added at time t weighs 2^(t / half_life), and only logarithms are kept. All
// sums fade at the same pace, so their order and their ratios need no "now", and none is ever rescaled.
// Thread safety: pure functions. Precision: with 7 days and the year 2100 a logarithm is about 6,800, and one part in
// 10^12 of the sum is still seen.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace inkling::index {

inline constexpr double kNothingLog2 = -std::numeric_limits<double>::infinity();

// log2 of `weight` (above 0) added at `ts_ms`.
[[nodiscard]] inline double weight_log2(double weight, std::int64_t ts_ms, std::int64_t half_life_ms) {
  return std::log2(weight) + static_cast<double>(ts_ms) / static_cast<double>(half_life_ms);
}

// log2(2^a + 2^b).
[[nodiscard]] inline double sum_log2(double a, double b) {
  if (a < b) std::swap(a, b);
  return b == kNothingLog2 ? a : a + std::log2(1 + std::exp2(b - a));
}

// What is left of a sum at `now_ms`.
[[nodiscard]] inline double faded_value(double sum_log2, std::int64_t now_ms, std::int64_t half_life_ms) {
  return std::exp2(sum_log2 - static_cast<double>(now_ms) / static_cast<double>(half_life_ms));
}

}  // namespace inkling::index
