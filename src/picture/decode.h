// Strangers' picture files (JPEG, PNG) as rows of RGB bytes, and those as a small square that a model reads. Broken,
// cut off and absurdly large ones are refused with a sentence. A JPEG is turned as its EXIF orientation asks (phones
// note there how they were held). Not for writing pictures, animations or colour profiles.
//
// Thread safety: pure functions. Cost: some milliseconds a megapixel; a large JPEG is decoded at a half to an eighth
// of its size as long as both sides stay at least `least_side`. Memory: at most 3 bytes a pixel of what is decoded,
// twice. Failure: kInvalidInput (no picture, damaged or cut off), kTooLarge, kUnsupported (CMYK).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/core/result.h"

namespace inkling::picture {

inline constexpr std::size_t kMaxBytes = std::size_t{32} << 20;
inline constexpr std::uint32_t kMaxSide = 20'000;
inline constexpr std::uint64_t kMaxPixels = 50'000'000;
inline constexpr int kMaxScans = 64;  // of a progressive JPEG: more are made to cost time

struct Picture {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<std::uint8_t> rgb;  // width * height * 3, row by row
};

// Transparent PNGs stand on white.
[[nodiscard]] base::Result<Picture> decode(std::span<const std::byte> file, std::uint32_t least_side = kMaxSide);

// The whole picture as `side` x `side` values from 0 to 1, each the mean of what it covers: three planes, red first.
// `planes`: 3 * side * side. Both sides of the picture are at least 1.
void shrink(const Picture& picture, std::size_t side, std::span<float> planes);

}  // namespace inkling::picture
