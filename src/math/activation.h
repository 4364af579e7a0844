// The curves of a neural network, element by element, softmax over rows, and scores of an additive attention.
//
// math::reference::f uses the standard library and is the specification; math::f is a polynomial of our own in SIMD.
// Error of the SIMD forms over the whole range (tested): exp and sigmoid 3e-7 relative (where the result is a normal
// number; below, 2e-38 absolute), tanh 3e-7 absolute and 6e-7 relative. exp gives infinity above 88.73 and 0 far
// below; sigmoid and tanh reach exactly 0, 1 and -1, 1. NaN in gives NaN out. Sizes: x.size() == y.size() (asserted);
// 0 is allowed; no alignment is needed; y may be x, but not overlap it partly. Thread safety: pure functions. Cost:
// one pass (softmax three over each row), no allocation.
#pragma once

#include <cstddef>
#include <span>

namespace inkling::math {

void exp(std::span<const float> x, std::span<float> y);
void tanh(std::span<const float> x, std::span<float> y);
void sigmoid(std::span<const float> x, std::span<float> y);
void relu(std::span<const float> x, std::span<float> y);

// In place, for every row of `size` entries: x_i becomes exp(x_i) / sum_j exp(x_j), with the maximum taken off first,
// so no finite row overflows. Row j begins at j * stride; what lies between rows stays as it is, and the last row
// ends with its last entry. There is no mask: hand over only the entries that count (an entry of -infinity also gets
// weight 0). A row that holds NaN or +infinity, or nothing but -infinity, becomes NaN.
void softmax_rows(std::span<float> rows, std::size_t size, std::size_t stride);

// The same without the division: x_i becomes exp(x_i - maximum of its row), and factors[j] the 1 / sum of row j, for
// callers with a cheaper place to multiply by it. As many rows as factors; size > 0.
void exp_rows(std::span<float> rows, std::size_t size, std::size_t stride, std::span<float> factors);

// y_j = sum_i weights_i tanh(rows_ji): how an additive attention scores its keys [y.size() x weights.size()].
void tanh_dots(std::span<const float> rows, std::span<const float> weights, std::span<float> y);

namespace reference {

void exp(std::span<const float> x, std::span<float> y);
void tanh(std::span<const float> x, std::span<float> y);
void sigmoid(std::span<const float> x, std::span<float> y);
void relu(std::span<const float> x, std::span<float> y);
void softmax_rows(std::span<float> rows, std::size_t size, std::size_t stride);
void exp_rows(std::span<float> rows, std::size_t size, std::size_t stride, std::span<float> factors);
void tanh_dots(std::span<const float> rows, std::span<const float> weights, std::span<float> y);

}  // namespace reference
}  // namespace inkling::math
