// What a simulated shopper is like for good: drawn once, never told to anybody outside the simulation.
#pragma once

#include <array>
#include <cstdint>

#include "base/core/random.h"
#include "sim/catalogue.h"

namespace inkling::sim {

inline constexpr std::size_t kTastes = 4;

struct Traits {
  std::array<std::uint32_t, kTastes> tastes{};  // leaf categories, the favourite first; may repeat
  double price_level = 1;                       // what is paid relative to usual prices
  double conversion = 1;                        // how readily looking turns into buying, 1 on average
  double visit_gap_ms = 0;                      // mean time between visits in a busy hour, when nothing presses
  double pace = 1;                              // multiplies all dwell times
  double clock_shift_hours = 0;                 // how much later than others this shopper's day is
};

// How far the goods' price is from what this shopper likes to pay for such goods: |ln(price / suitable price)|.
[[nodiscard]] double price_misfit(const Catalogue& catalogue, const Traits& traits, std::uint32_t goods);

[[nodiscard]] Traits draw_traits(const Catalogue& catalogue, base::Random& random);

}  // namespace inkling::sim
