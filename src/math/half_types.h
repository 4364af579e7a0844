// 16-bit floats in software: how every other half_* file rounds, and what tests hold the hardware to.
//
// bf16 is the upper half of a float (8 exponent bits, 8 bits of precision: a relative error of at most 2^-8 once
// rounded). fp16 is IEEE binary16 (5 exponent bits, 11 bits of precision: at most 2^-11 between 6.2e-5 and 65504).
// Both are kept as their bits in a std::uint16_t; there is no arithmetic type. All conversions round to nearest, ties
// to even. Thread safety: pure functions. Cost: a few operations, half_fma about ten nanoseconds: for tests and load
// time. Source: IEEE 754-2008; the instructions VCVTNEPS2BF16, VCVTPS2PH and VFMADD231PH, which these equal bit for
// bit.
#pragma once

#include <bit>
#include <cstdint>

#include "base/core/half_float.h"

namespace inkling::math {

// As the instruction does it: a subnormal float becomes a zero of its sign, NaN stays NaN (made quiet).
[[nodiscard]] constexpr std::uint16_t to_bf16(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  const std::uint32_t exponent = bits >> 23 & 0xFFU;
  if (exponent == 0) return static_cast<std::uint16_t>(bits >> 16 & 0x8000U);
  const bool is_nan = exponent == 0xFFU && (bits & 0x7FFFFFU) != 0;
  if (is_nan) return static_cast<std::uint16_t>(bits >> 16 | 0x40U);
  return static_cast<std::uint16_t>((bits + 0x7FFFU + (bits >> 16 & 1U)) >> 16);
}

[[nodiscard]] constexpr float from_bf16(std::uint16_t half) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(half) << 16);
}

using base::from_fp16;
using base::to_fp16;

// a b + c, rounded once. The exact product has 22 bits; wherever the sum needs more than the 53 of a double, what is
// lost lies far below half a place of the larger term, which is itself an fp16 number and no tie.
[[nodiscard]] inline std::uint16_t fp16_fma(std::uint16_t a, std::uint16_t b, std::uint16_t c) {
  const double product = static_cast<double>(from_fp16(a)) * static_cast<double>(from_fp16(b));
  return to_fp16(product + static_cast<double>(from_fp16(c)));
}

}  // namespace inkling::math
