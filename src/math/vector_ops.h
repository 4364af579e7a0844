// Whole vectors of float: products, sums, scaling. Not for matrices (product.h) or curves (activation.h).
//
// Each function exists twice: math::reference::f is the plain loop and the specification, math::f is the same in SIMD
// for the machine it runs on. They agree up to the order of summation (tests: 1e-5 of the sum of magnitudes).
// Sizes: all spans of one call have the same size (asserted); size 0 is allowed; no alignment is needed. An output
// may be the same memory as an input, but may not overlap it partly.
// Thread safety: pure functions. Cost: one pass, no allocation. Failure: none; NaN and infinity follow IEEE 754.
#pragma once

#include <span>

namespace inkling::math {

[[nodiscard]] float dot(std::span<const float> a, std::span<const float> b);
// y += alpha x
void axpy(float alpha, std::span<const float> x, std::span<float> y);
// y = alpha x
void scale(float alpha, std::span<const float> x, std::span<float> y);
// y = a + b
void add(std::span<const float> a, std::span<const float> b, std::span<float> y);
// y = a * b, element by element
void multiply(std::span<const float> a, std::span<const float> b, std::span<float> y);

namespace reference {

[[nodiscard]] float dot(std::span<const float> a, std::span<const float> b);
void axpy(float alpha, std::span<const float> x, std::span<float> y);
void scale(float alpha, std::span<const float> x, std::span<float> y);
void add(std::span<const float> a, std::span<const float> b, std::span<float> y);
void multiply(std::span<const float> a, std::span<const float> b, std::span<float> y);

}  // namespace reference
}  // namespace inkling::math
