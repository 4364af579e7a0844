// Vectors that are sums of rows of embedding tables, and the way back to the rows. Rows lie anywhere, so the next
// vector's are fetched while this one is made.
// Thread safety: one call writes its output. Cost: one pass over the rows named, and one allocation.
// Failure: kInvalidInput for an id outside its table, which names the rows' role, the table and the ids it has.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace inkling::train::fused {

// ids: [vectors x tables.size()]; tables: [ids x width] each; out: [vectors x width].
template <class Real>
[[nodiscard]] base::Status sum_rows(std::string_view role, std::span<const std::int64_t> ids,
                                    std::span<const std::span<const Real>> tables, std::size_t width,
                                    std::span<Real> out);
// Adds a vector's gradient to those of all its rows, but not to row 0 of the first `padded` tables. The ids are some
// that sum_rows() has taken.
template <class Real>
void add_to_rows(std::span<const std::int64_t> ids, std::span<const Real> out_gradient, std::size_t width,
                 std::size_t padded, std::span<const std::span<Real>> gradients);

}  // namespace inkling::train::fused
