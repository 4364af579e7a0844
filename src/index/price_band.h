// Bands of prices, each a sixteenth wider than the one before: what costs about as much lies together, so the best of
// a range of prices is found without looking at all items. Not for deciding whether a price fits: bands are coarse.
// Thread safety: pure. Cost: a binary search of 300 numbers.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace inkling::index {

inline constexpr std::size_t kPriceBands = 300;

namespace price_band_detail {

// In integers, so that every machine has the same bands.
constexpr std::array<std::int64_t, kPriceBands> lowest_prices() {
  std::array<std::int64_t, kPriceBands> lowest{};
  std::int64_t cents = 0;
  for (std::int64_t& low : lowest) {
    low = cents;
    cents = std::max(cents + 1, cents + cents / 16);
  }
  return lowest;
}

inline constexpr auto kLowest = lowest_prices();

}  // namespace price_band_detail

// The least price of a band; the last band has no end.
[[nodiscard]] constexpr std::int64_t lowest_cents(std::size_t band) {
  return price_band_detail::kLowest[band];
}

// `cents` of 0 or more.
[[nodiscard]] constexpr std::size_t price_band(std::int64_t cents) {
  const auto& lowest = price_band_detail::kLowest;
  return static_cast<std::size_t>(std::upper_bound(lowest.begin(), lowest.end(), cents) - lowest.begin()) - 1;
}

}  // namespace inkling::index
