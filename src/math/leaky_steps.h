// Layers of leaky ReLU units when they learn: the steps forward, in place over what a product gave, and the way back.
// Not for scoring, which keeps nothing.
//
// math::f is SIMD, math::reference::f in leaky_plain.h the specification, a template over the number type, so that
// operators made of these are checked in double. They agree up to rounding (tests: 1e-5 of the largest magnitude).
// leaky(x) = x where x > 0, slope * x elsewhere, with 0 < slope < 1 or slope = 0 (ReLU): its sign is that of its
// output, so no input is kept. Matrices are row-major without gaps; sizes are asserted; 0 rows are allowed; no
// alignment is needed. Thread safety: pure functions. Cost: one pass, no allocation.
// Source: Maas, Hannun and Ng (2013), leaky rectifiers; the attention unit of DIN (Zhou et al., 2018, section 4.3).
#pragma once

#include <span>

namespace inkling::math {

// rows_j = leaky(rows_j + shift) over rows as wide as `shift`; an empty shift counts as zero.
void leaky_units(float slope, std::span<const float> shift, std::span<float> rows);
// From the outputs: gradients of them become gradients of the sums, which are also added up into `shift_gradient`
// unless that is empty.
void leaky_units_back(float slope, std::span<const float> outputs, std::span<float> gradients,
                      std::span<float> shift_gradient);

// rows = leaky(rows), score_j = rows_j . query, over scores.size() rows.
void leaky_scores(float slope, std::span<const float> query, std::span<float> rows, std::span<float> scores);

}  // namespace inkling::math
