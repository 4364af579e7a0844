// A matrix folded with a vector: what multiplies [s, s * x] for one x after another becomes one matrix that multiplies
// s. Forward in both orientations, and, where both learn, the way back from the folded matrix's gradient.
//
// math::f is SIMD, math::reference::f in fold_plain.h the specification, a template over the number type, so that
// operators made of these are checked in double. They agree up to rounding (tests: 1e-5 of the largest magnitude).
// Matrices are row-major without gaps, all of one size (asserted); no alignment is needed; nothing overlaps. Thread
// safety: pure functions. Cost: one pass, no allocation. Source: speed-notes 4 (the fold of DIN's first layer).
#pragma once

#include <span>

namespace inkling::math {

// out_ji = a_ji + p_ji x_i, over rows as long as x; and out_ji = a_ji + x_j p_ji, over as many rows as x has entries.
void fold_columns(std::span<const float> a, std::span<const float> p, std::span<const float> x, std::span<float> out);
void fold_rows(std::span<const float> a, std::span<const float> p, std::span<const float> x, std::span<float> out);

// Gradients to which fold_columns_back() adds.
template <class Real>
struct FoldGradients {
  std::span<Real> a, p, x;
};
void fold_columns_back(std::span<const float> out_gradient, std::span<const float> p, std::span<const float> x,
                       const FoldGradients<float>& gradients);

}  // namespace inkling::math
