// Pictures in labelled folders: each folder is an album, each .jpg, .jpeg or .png in it a picture of that album. Kept
// small, as a model reads them. Broken files are left out, each with its sentence.
//
// Thread safety: free function. Memory: 3 * side * side bytes a picture. Failure: kNotFound without the folder,
// kInvalidInput with fewer than two albums, or an album of fewer than kLeastPictures; kTooLarge beyond kMostPictures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/core/result.h"

namespace inkling::train {

inline constexpr std::size_t kPictureSide = 64;
inline constexpr std::size_t kLeastPictures = 10;  // of an album
inline constexpr std::size_t kMostPictures = 50'000;

struct LabelledPicture {
  std::string name;  // "<album>/<file>"
  std::uint32_t album = 0;
  std::vector<std::uint8_t> planes;  // 3 x side x side, red first
};

struct LabelledPictures {
  std::vector<std::string> albums;  // sorted
  std::vector<LabelledPicture> pictures;
  std::vector<std::string> left_out;  // "<album>/<file>: why"
};

[[nodiscard]] base::Result<LabelledPictures> read_labelled_pictures(const std::string& folder);

}  // namespace inkling::train
