// The shape of the network that both halves of album_sorter build: four convolutions of 3 x 3 with a stride of 2,
// each with a leaky ReLU; the means of all their channels are what pictures are compared by, those of the last one
// decide the album.
#pragma once

#include <array>
#include <cstddef>
#include <numeric>
#include <string>

namespace inkling::models::album_sorter {

inline constexpr std::size_t kColours = 3;
inline constexpr std::size_t kKernel = 3;
inline constexpr std::array<std::size_t, 4> kChannels = {16, 32, 64, 64};
inline constexpr std::size_t kLikenessWidth = std::accumulate(kChannels.begin(), kChannels.end(), std::size_t{0});
inline constexpr float kSlope = 0.1F;
inline constexpr std::size_t kLeastSide = 16;
inline constexpr std::size_t kMostSide = 256;

inline std::string layer_name(std::size_t layer, const char* part) {
  return "conv" + std::to_string(layer) + "." + part;
}

}  // namespace inkling::models::album_sorter
