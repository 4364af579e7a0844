// The plain loops that unit_bits.h is held to, for any number type. Contracts: unit_bits.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "math/unit_bits.h"

namespace inkling::math::reference {

[[nodiscard]] inline bool unit_bit(std::span<const std::uint8_t> bits, std::size_t units, std::size_t row,
                                   std::size_t unit) {
  return (bits[row * units / 8 + unit / 8] >> unit % 8 & 1) != 0;
}

template <class Real>
void unit_scores(Real slope, std::span<const Real> query, std::span<const Real> rows, std::span<Real> scores,
                 std::span<std::uint8_t> bits) {
  for (std::uint8_t& byte : bits) byte = 0;
  for (std::size_t r = 0; r < scores.size(); ++r) {
    scores[r] = 0;
    for (std::size_t j = 0; j < query.size(); ++j) {
      const Real sum = rows[r * query.size() + j];
      scores[r] += query[j] * (sum > 0 ? sum : slope * sum);
      if (sum > 0) bits[r * query.size() / 8 + j / 8] |= static_cast<std::uint8_t>(1U << j % 8);
    }
  }
}

template <class Real>
void chosen_sums_back(const SubsetSums<Real>& sums, std::span<const std::uint8_t> bits, std::span<const Real> factors,
                      Real slope, std::span<const Real> outputs, std::span<Real> gradients,
                      std::span<Real> shift_gradient) {
  for (std::size_t r = 0; r < factors.size(); ++r) {
    for (std::size_t i = 0; i < sums.width(); ++i) {
      const std::size_t at = r * sums.width() + i;
      Real sum = sums.base()[i];
      for (std::size_t j = 0; j < sums.units(); ++j) {
        if (unit_bit(bits, sums.units(), r, j)) sum += sums.at(j, i);
      }
      gradients[at] = factors[r] * sum * (outputs[at] > 0 ? Real(1) : slope);
      shift_gradient[i] += gradients[at];
    }
  }
}

template <class Real>
void add_chosen_rows(std::span<const std::uint8_t> bits, std::span<const Real> factors, std::span<const Real> x,
                     std::span<Real> sums, std::span<Real> counts) {
  if (factors.empty()) return;
  const std::size_t width = x.size() / factors.size(), units = 8 * (bits.size() / factors.size());
  for (std::size_t r = 0; r < factors.size(); ++r) {
    for (std::size_t j = 0; j <= units; ++j) {
      if (j < units && !unit_bit(bits, units, r, j)) continue;
      counts[j] += factors[r];
      for (std::size_t i = 0; i < width; ++i) sums[j * width + i] += factors[r] * x[r * width + i];
    }
  }
}

}  // namespace inkling::math::reference
