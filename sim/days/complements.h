// Which leaf categories belong to which: the planted matrix behind what simulated shoppers buy together. Drawn from
// the seed: every leaf has two others, in other parts of the shop and no dearer than twice its price, that are wanted
// with it; it need not hold the other way round. Not for tastes. Thread safety: immutable. Cost: of() constant.
#pragma once

#include <array>
#include <cstdint>

#include "sim/category_names.h"

namespace inkling::sim::days {

inline constexpr std::size_t kComplementsALeaf = 2;

class Complements {
 public:
  explicit Complements(std::uint64_t seed);

  // 1 for the first of the trigger's complements, kSecondStrength for the second, else 0.
  [[nodiscard]] double of(std::uint32_t trigger_leaf, std::uint32_t leaf) const;
  [[nodiscard]] const std::array<std::uint32_t, kComplementsALeaf>& after(std::uint32_t trigger_leaf) const {
    return after_[trigger_leaf];
  }

 private:
  std::array<std::array<std::uint32_t, kComplementsALeaf>, kLeafCount> after_{};
};

inline constexpr double kSecondStrength = 0.7;

}  // namespace inkling::sim::days
