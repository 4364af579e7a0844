// Matrix products in float, row-major. Not for sparse or batched data.
//
// math::reference::f is the plain triple loop and the specification; math::f is the same in SIMD. They agree up to
// the order of summation. Every size may be 0; a product over k = 0 terms is 0. No alignment is needed. Outputs never
// overlap the factors. Thread safety: pure functions. Cost: 2 m n k operations, no allocation. Failure: none; wrong
// sizes are asserted.
#pragma once

#include <cstddef>
#include <span>

#include "math/packed_matrix.h"

namespace inkling::math {

// C [m x n] = A [m x k] B [k x n]. A stride is the distance from row to row in floats, 0 for rows without gaps; the
// last row ends with its last entry.
struct ProductShape {
  std::size_t m = 0;
  std::size_t n = 0;
  std::size_t k = 0;
  std::size_t a_stride = 0;
  std::size_t b_stride = 0;
  std::size_t c_stride = 0;
};

void product(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape);
// C += A B
void add_product(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape);
// C += A^T B: A is [k x m] here, a_stride the distance of its k rows (0: m). This is how gradients of weights add up.
void add_transposed_product(std::span<const float> a, std::span<const float> b, std::span<float> c,
                            ProductShape shape);

enum class Output {
  kReplace,  // C = A B + bias in every row; an empty bias counts as zero
  kAdd,      // C += A B; no bias
};

// A [m x depth] and C [m x columns] without gaps; m = c.size() / columns.
void packed_product(std::span<const float> a, const PackedMatrix& b, std::span<const float> bias, std::span<float> c,
                    Output output);

namespace reference {

void product(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape);
void add_product(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape);
void add_transposed_product(std::span<const float> a, std::span<const float> b, std::span<float> c,
                            ProductShape shape);
void packed_product(std::span<const float> a, const PackedMatrix& b, std::span<const float> bias, std::span<float> c,
                    Output output);

}  // namespace reference
}  // namespace inkling::math
