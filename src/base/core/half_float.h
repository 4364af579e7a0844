// IEEE binary16 in software, as bits in a std::uint16_t: what device packages keep weights in, and how math's 16-bit
// kernels round. Not for arithmetic (math/half_types.h). Round to nearest, ties to even.
// Thread safety: pure functions. Cost: some ten nanoseconds: for load time and tests. Wasm-clean. Source: IEEE
// 754-2008.
#pragma once

#include <cmath>
#include <cstdint>

namespace inkling::base {

// From double, so that an exact product plus a term is rounded only once. Overflow gives infinity, subnormals are
// kept, NaN becomes the one quiet NaN.
[[nodiscard]] inline std::uint16_t to_fp16(double x) {
  const std::uint16_t sign = std::signbit(x) ? 0x8000U : 0U;
  if (std::isnan(x)) return sign | 0x7E00U;
  const double magnitude = std::fabs(x);
  if (magnitude >= 65520.0) return sign | 0x7C00U;  // halfway between the largest fp16 and 2^16
  const int exponent = magnitude < 0x1p-14 ? -14 : std::ilogb(magnitude);
  // In units of the last place; nearbyint rounds ties to even. A carry into the next binade adds up by itself.
  const auto units = static_cast<std::uint32_t>(std::nearbyint(std::ldexp(magnitude, 10 - exponent)));
  const auto field = static_cast<std::uint32_t>(exponent + 14) << 10;
  return static_cast<std::uint16_t>(sign + field + units);
}

[[nodiscard]] inline float from_fp16(std::uint16_t half) {
  const int field = half >> 10 & 0x1F;
  const int fraction = half & 0x3FF;
  float magnitude =
      std::ldexp(static_cast<float>(field == 0 ? fraction : fraction + 0x400), (field == 0 ? 1 : field) - 25);
  if (field == 0x1F) magnitude = fraction == 0 ? HUGE_VALF : std::nanf("");
  return (half & 0x8000U) != 0 ? -magnitude : magnitude;
}

}  // namespace inkling::base
