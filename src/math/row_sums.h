// Sums of rows that lie anywhere, as an embedding that has several parts reads them, and the way back. Not for rows
// of one matrix (vector_ops.h).
//
// math::f is SIMD, math::reference::f in row_sums_plain.h the specification, a template over the number type. They
// agree exactly: both add in the order of the rows. Every row has the size of the vector (the caller's promise). No
// alignment is needed. Thread safety: pure functions. Cost: one pass, no allocation. Failure: none.
#pragma once

#include <span>

namespace inkling::math {

// y = sum of the rows; zero without rows. y overlaps none of them.
void sum_of_rows(std::span<const float* const> rows, std::span<float> y);
// Every row += x. A row that stands twice gets it twice.
void add_to_each(std::span<const float> x, std::span<float* const> rows);

}  // namespace inkling::math
