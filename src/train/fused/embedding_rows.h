// Embeddings of a view's records, one table a feature, side by side; and the way back into the tables' gradients.
// Source: models.md A.3 step 1. Thread safety: as their arguments. Cost: one copy a record and feature.
#pragma once

#include <span>

#include "base/core/result.h"
#include "train/fused/rows.h"
#include "train/fused/tensors.h"

namespace inkling::train::fused {

// The records that `layout` names, the first of each sample at step `from`. x: [layout.rows() x input].
// Failure: kInvalidInput for an id outside its table.
template <class Real>
[[nodiscard]] base::Status gather(const ViewShape& shape, const ViewTensors<const Real>& weights, const IdRows& ids,
                                  std::size_t from, const RowLayout& layout, std::span<Real> x);

// Adds rows of `x_gradient` to the rows of the tables that they came from; id 0 is padding and learns nothing.
template <class Real>
void scatter(const ViewShape& shape, const IdRows& ids, const RowLayout& layout, std::span<const Real> x_gradient,
             ViewTensors<Real>& gradients);

}  // namespace inkling::train::fused
