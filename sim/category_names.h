// The category tree of the simulated marketplace: two levels with readable names and usual prices.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace inkling::sim {

struct LeafCategory {
  std::string_view top;
  std::string_view leaf;
  std::int64_t usual_price_cents = 0;  // the median
};

inline constexpr std::size_t kLeafCount = 40;
inline constexpr std::size_t kLeavesPerTop = 5;
[[nodiscard]] std::span<const LeafCategory, kLeafCount> leaf_categories();

// Words that make titles readable.
[[nodiscard]] std::span<const std::string_view> title_words();

}  // namespace inkling::sim
