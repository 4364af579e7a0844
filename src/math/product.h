// Matrix products in float, row-major. Not for sparse or batched data, and not for training (no gradients).
//
// math::reference::f is the plain triple loop and the specification; math::f is the same in SIMD. They agree up to
// the order of summation. Every size may be 0; a product over k = 0 terms is 0. No alignment is needed. Outputs never
// overlap the factors; in matrix_vector the bias may be the output itself (y += W x). Thread safety: pure functions.
// Cost: 2 m n k operations, no allocation. Failure: none; wrong sizes are asserted.
#pragma once

#include <cstddef>
#include <span>

namespace inkling::math {

// Rows and columns of the result C, and the number of terms in each of its sums.
struct ProductShape {
  std::size_t m = 0;  // rows of A and C
  std::size_t n = 0;  // columns of C
  std::size_t k = 0;  // columns of A
};

enum class Output {
  kReplace,  // C = A B
  kAdd,      // C += A B
};

// y = W x + bias, W [y.size() x x.size()]; an empty bias counts as zero.
void matrix_vector(std::span<const float> w, std::span<const float> bias, std::span<const float> x,
                   std::span<float> y);

// C [m x n] = A [m x k] * B [n x k]^T: every row of A against every row of B.
void product_nt(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape,
                Output output);

// C [m x n] = A [m x k] * B [k x n].
void product_nn(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape,
                Output output);

namespace reference {

void matrix_vector(std::span<const float> w, std::span<const float> bias, std::span<const float> x,
                   std::span<float> y);
void product_nt(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape,
                Output output);
void product_nn(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape,
                Output output);

}  // namespace reference
}  // namespace inkling::math
