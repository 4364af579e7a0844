// First pass of an exact search: products of many rows of 8-bit codes with a few 16-bit vectors, and which of the
// rows may still matter. Sums are exact integers, so whoever made the codes can say how far a sum may lie from the
// true product (index/price_slab.h does). Not for products that are an answer themselves.
//
// Layout: blocks of 16 rows. A block has one CodeStep for each pair of columns: column 2j and 2j + 1 of the first
// row, then of the second ... Who fills blocks pads the last row block and an odd last column with zeros. Each
// function exists twice: math::reference::f is the plain loop and the specification, math::f is the same in SIMD for
// the machine it runs on; they give the same integers. Thread safety: pure functions. Cost: one pass, no allocation;
// a search over more than the caches hold is bound by the memory that the codes come from. Failure: none; wrong sizes
// are asserted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace inkling::math {

inline constexpr std::size_t kCodeRows = 16;
inline constexpr int kMaxCode = 127;  // codes lie in -kMaxCode .. kMaxCode

struct alignas(32) CodeStep {
  std::array<std::int8_t, 2 * kCodeRows> codes{};
};

// Columns 2j and 2j + 1 of a vector of 16-bit entries.
struct EntryPair {
  std::int16_t even = 0;
  std::int16_t odd = 0;
};

[[nodiscard]] constexpr std::size_t entry_pairs(std::size_t columns) {
  return (columns + 1) / 2;
}

// Largest magnitude of an entry, so that no sum over that many columns leaves 32 bits.
[[nodiscard]] constexpr int max_entry(std::size_t columns) {
  constexpr auto kSum = static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max());
  constexpr auto kEntry = static_cast<std::size_t>(std::numeric_limits<std::int16_t>::max());
  const std::size_t bound = columns == 0 ? kEntry : kSum / (kMaxCode * 2 * entry_pairs(columns));
  return static_cast<int>(bound < kEntry ? bound : kEntry);
}

// Row by row of `blocks`, for `queries` vectors of `pairs` pairs each, one after the other: sums[q * rows + r] is the
// product of row r and vector q. rows = sums.size() / queries is a multiple of kCodeRows.
void code_dots(std::span<const CodeStep> blocks, std::span<const EntryPair> vectors, std::size_t queries,
               std::span<std::int32_t> sums);

// Writes every i with scales[i] * (sums[i] + slack) >= threshold, ascending, and answers how many. `reaching` has
// room for sums.size() of them.
[[nodiscard]] std::size_t find_reaching(std::span<const std::int32_t> sums, std::span<const float> scales,
                                        float slack, float threshold, std::span<std::uint32_t> reaching);

namespace reference {

void code_dots(std::span<const CodeStep> blocks, std::span<const EntryPair> vectors, std::size_t queries,
               std::span<std::int32_t> sums);
[[nodiscard]] std::size_t find_reaching(std::span<const std::int32_t> sums, std::span<const float> scales,
                                        float slack, float threshold, std::span<std::uint32_t> reaching);

}  // namespace reference
}  // namespace inkling::math
