// The plain loops that row_sums.h is held to, for any number type. Contracts: row_sums.h.
#pragma once

#include <cstddef>
#include <span>

namespace inkling::math::reference {

template <class Real>
void sum_of_rows(std::span<const Real* const> rows, std::span<Real> y) {
  for (std::size_t i = 0; i < y.size(); ++i) {
    y[i] = 0;
    for (const Real* row : rows) y[i] += row[i];
  }
}

template <class Real>
void add_to_each(std::span<const Real> x, std::span<Real* const> rows) {
  for (Real* row : rows) {
    for (std::size_t i = 0; i < x.size(); ++i) row[i] += x[i];
  }
}

}  // namespace inkling::math::reference
