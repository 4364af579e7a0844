// The plain loops that leaky_steps.h is held to, for any number type. Contracts: leaky_steps.h.
#pragma once

#include <cstddef>
#include <span>

namespace inkling::math::reference {

template <class Real>
void leaky_units(Real slope, std::span<const Real> shift, std::span<Real> rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Real sum = shift.empty() ? rows[i] : rows[i] + shift[i % shift.size()];
    rows[i] = sum > 0 ? sum : slope * sum;
  }
}

template <class Real>
void leaky_units_back(Real slope, std::span<const Real> outputs, std::span<Real> gradients,
                      std::span<Real> shift_gradient) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (!(outputs[i] > 0)) gradients[i] *= slope;
    if (!shift_gradient.empty()) shift_gradient[i % shift_gradient.size()] += gradients[i];
  }
}

template <class Real>
void leaky_scores(Real slope, std::span<const Real> query, std::span<Real> rows, std::span<Real> scores) {
  leaky_units<Real>(slope, {}, rows);
  for (std::size_t j = 0; j < scores.size(); ++j) {
    scores[j] = 0;
    for (std::size_t i = 0; i < query.size(); ++i) scores[j] += rows[j * query.size() + i] * query[i];
  }
}

}  // namespace inkling::math::reference
