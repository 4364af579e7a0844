// Draws rows in proportion to weights in constant time (Walker's alias method, in the form of Vose 1991). Thread
// safety: immutable. Cost: building O(rows); draw two random numbers and one look-up.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/core/random.h"

namespace inkling::models::session_vectors {

class WeightedDraw {
 public:
  // In proportion to counts^power; at least one count, all above 0.
  WeightedDraw(std::span<const std::size_t> counts, double power) : slots_(counts.size()) {
    std::vector<double> shares;
    double sum = 0;
    for (const std::size_t count : counts) sum += shares.emplace_back(std::pow(static_cast<double>(count), power));
    std::vector<std::uint32_t> below, above;
    for (std::uint32_t row = 0; row < shares.size(); ++row) {
      shares[row] *= static_cast<double>(shares.size()) / sum;
      (shares[row] < 1 ? below : above).push_back(row);
      slots_[row] = {1, row};
    }
    while (!below.empty() && !above.empty()) {
      const std::uint32_t small = below.back(), large = above.back();
      below.pop_back();
      slots_[small] = {shares[small], large};
      shares[large] -= 1 - shares[small];
      if (shares[large] >= 1) continue;
      above.pop_back();
      below.push_back(large);
    }
  }

  [[nodiscard]] std::uint32_t draw(base::Random& random) const {
    const auto row = static_cast<std::uint32_t>(random.below(slots_.size()));
    const Slot& slot = slots_[row];
    return random.uniform() < slot.own ? row : slot.other;
  }

 private:
  struct Slot {
    double own = 1;  // the share of this slot's draws that stay with its row
    std::uint32_t other = 0;
  };
  std::vector<Slot> slots_;
};

}  // namespace inkling::models::session_vectors
