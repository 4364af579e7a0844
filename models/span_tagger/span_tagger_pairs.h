// What a pair of spans looks like beside the network's states at its ends: how far the spans are apart, on which
// side, and what stands between them. Thread safety: pure functions. Cost: O(spans + characters between). Wasm-clean.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/core/utf8.h"

namespace inkling::models::span_tagger {

struct PlacedSpan {
  std::uint32_t begin = 0, end = 0, type = 0;
  friend bool operator==(const PlacedSpan&, const PlacedSpan&) = default;
};

// Columns of a pair's ids, each with an embedding of its own.
inline constexpr std::size_t kPairColumns = 4;
inline constexpr std::size_t kPairDim = 8;  // of each of them
// Distance and side; marks between; spans of the first's type between; spans of the second's type between.
inline constexpr std::array<std::size_t, kPairColumns> kPairIds = {25, 6, 6, 6};

// `spans` are all of the text; ids start at nn::Embedding's first free row.
[[nodiscard]] std::array<std::uint32_t, kPairColumns> pair_ids(std::span<const base::CodePoint> text,
                                                               std::span<const PlacedSpan> spans,
                                                               const PlacedSpan& first, const PlacedSpan& second);

}  // namespace inkling::models::span_tagger
