// What the simulated marketplace is made of. Everything in sim/ is simulated: no person, shop or sale behind it is
// real.
#pragma once

#include <cstdint>
#include <string>

#include "base/core/result.h"

namespace inkling::sim {

struct MarketplaceOptions {
  std::uint64_t seed = 1;
  std::uint32_t shoppers = 2000;
  std::uint32_t days = 14;
  std::int64_t start_ms = 1'735'689'600'000;  // 2025-01-01, midnight UTC
  std::uint32_t items = 2000;
  std::string currency = "EUR";
};

inline constexpr std::uint32_t kMostShoppers = 10'000'000;
inline constexpr std::uint32_t kMostDays = 3660;
inline constexpr std::uint32_t kMostItems = 1'000'000;

// Names the option that is out of its range, the value found and the range.
[[nodiscard]] base::Status check(const MarketplaceOptions& options);

}  // namespace inkling::sim
