// Whole vectors of float, and rows of them: products, sums, scaling. Not for products of matrices (product.h) or
// curves (activation.h).
//
// Each function exists twice: math::reference::f is the plain loop and the specification, math::f is the same in SIMD
// for the machine it runs on. They agree up to the order of summation (tests: 1e-5 of the sum of magnitudes).
// Sizes: vectors of one call have the same size, matrices fit them (asserted); size 0 is allowed; no alignment is
// needed. An output may be the same memory as an input, but may not overlap it partly. Thread safety: pure functions.
// Cost: one pass, no allocation. Failure: none; NaN and infinity follow IEEE 754.
#pragma once

#include <cstddef>
#include <span>

namespace inkling::math {

[[nodiscard]] float dot(std::span<const float> a, std::span<const float> b);
// y = alpha x
void scale(float alpha, std::span<const float> x, std::span<float> y);
// y = a + b
void add(std::span<const float> a, std::span<const float> b, std::span<float> y);
// y = a * b, element by element
void multiply(std::span<const float> a, std::span<const float> b, std::span<float> y);

// Over matrices of rows, row-major.
// y_j = factor_j x_j, every row with a factor of its own
void scale_rows(std::span<const float> factors, std::span<const float> x, std::span<float> y);
// y = sum of the rows of x; row j begins at j * stride, and the last one ends with its last entry
void column_sums(std::span<const float> x, std::size_t stride, std::span<float> y);
// y = sum of the rows of a * b
void column_dots(std::span<const float> a, std::span<const float> b, std::span<float> y);
// Row i of x (`columns` floats) becomes column i of y, whose rows begin at multiples of y_stride. Nothing overlaps.
void transpose(std::span<const float> x, std::size_t columns, std::span<float> y, std::size_t y_stride);

namespace reference {

[[nodiscard]] float dot(std::span<const float> a, std::span<const float> b);
void scale(float alpha, std::span<const float> x, std::span<float> y);
void add(std::span<const float> a, std::span<const float> b, std::span<float> y);
void multiply(std::span<const float> a, std::span<const float> b, std::span<float> y);
void scale_rows(std::span<const float> factors, std::span<const float> x, std::span<float> y);
void column_sums(std::span<const float> x, std::size_t stride, std::span<float> y);
void column_dots(std::span<const float> a, std::span<const float> b, std::span<float> y);
void transpose(std::span<const float> x, std::size_t columns, std::span<float> y, std::size_t y_stride);

}  // namespace reference
}  // namespace inkling::math
