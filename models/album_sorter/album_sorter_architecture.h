// The shape of the network that both halves of album_sorter build: four convolutions of 3 x 3 with a stride of 2,
// each with a leaky ReLU. The means and the deviations of all their channels are what pictures are compared by
// ("likeness": the means of the first, then its deviations, then those of the next); the means of the last one decide
// the album.
#pragma once

#include <array>
#include <cstddef>
#include <numeric>
#include <string>

namespace inkling::models::album_sorter {

inline constexpr std::size_t kColours = 3;
inline constexpr std::size_t kKernel = 3;
inline constexpr std::array<std::size_t, 4> kChannels = {16, 32, 64, 64};
inline constexpr std::size_t kLikenessWidth = 2 * std::accumulate(kChannels.begin(), kChannels.end(), std::size_t{0});
// Under the root of a deviation: keeps it smooth where a channel is even.
inline constexpr float kLeastVariance = 1e-4F;
inline constexpr float kSlope = 0.1F;
inline constexpr std::size_t kLeastSide = 16;
inline constexpr std::size_t kMostSide = 256;

inline std::string layer_name(std::size_t layer, const char* part) {
  return "conv" + std::to_string(layer) + "." + part;
}

}  // namespace inkling::models::album_sorter
