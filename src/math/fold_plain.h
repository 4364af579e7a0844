// The plain loops that fold_steps.h is held to, for any number type. Contracts: fold_steps.h.
#pragma once

#include <cstddef>
#include <span>

#include "math/fold_steps.h"

namespace inkling::math::reference {

template <class Real>
void fold_columns(std::span<const Real> a, std::span<const Real> p, std::span<const Real> x, std::span<Real> out) {
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = a[i] + p[i] * x[i % x.size()];
}

template <class Real>
void fold_rows(std::span<const Real> a, std::span<const Real> p, std::span<const Real> x, std::span<Real> out) {
  const std::size_t width = x.empty() ? 0 : out.size() / x.size();
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = a[i] + x[i / width] * p[i];
}

template <class Real>
void fold_columns_back(std::span<const Real> out_gradient, std::span<const Real> p, std::span<const Real> x,
                       const FoldGradients<Real>& gradients) {
  for (std::size_t i = 0; i < out_gradient.size(); ++i) {
    gradients.a[i] += out_gradient[i];
    gradients.p[i] += out_gradient[i] * x[i % x.size()];
    gradients.x[i % x.size()] += out_gradient[i] * p[i];
  }
}

}  // namespace inkling::math::reference
