#include "picture/decode.h"

#include <png.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>

#include "picture/jpeg.h"

namespace inkling::picture {

using base::Result;
using base::Status;

Status check_size(std::uint64_t width, std::uint64_t height) {
  const std::string size = std::to_string(width) + " x " + std::to_string(height) + " pixels";
  if (width == 0 || height == 0)
    return base::invalid_input("picture: " + size + " are none; expected at least 1 x 1");
  if (width <= kMaxSide && height <= kMaxSide && width * height <= kMaxPixels) return {};
  return base::too_large("picture: " + size + "; expected at most " + std::to_string(kMaxSide) + " a side and " +
                         std::to_string(kMaxPixels) + " in all");
}

namespace {

bool begins(std::span<const std::byte> file, std::initializer_list<int> magic) {
  return file.size() >= magic.size() && std::equal(magic.begin(), magic.end(), file.begin(),
                                                   [](int a, std::byte b) { return a == std::to_integer<int>(b); });
}

Status png_refusal(const png_image& image) {
  return base::invalid_input("picture: the PNG is damaged (" + std::string(image.message) +
                             "); expected a whole file");
}

Result<Picture> decode_png(std::span<const std::byte> file) {
  png_image image = {};
  image.version = PNG_IMAGE_VERSION;
  struct Free {
    png_image& image;
    ~Free() { png_image_free(&image); }
  } const free{image};
  if (png_image_begin_read_from_memory(&image, file.data(), file.size()) == 0) return png_refusal(image);
  INKLING_TRY(check_size(image.width, image.height));
  image.format = PNG_FORMAT_RGB;
  Picture picture{image.width, image.height, {}};
  picture.rgb.resize(PNG_IMAGE_SIZE(image));
  const png_color white = {255, 255, 255};
  if (png_image_finish_read(&image, &white, picture.rgb.data(), 0, nullptr) == 0) return png_refusal(image);
  return picture;
}

// The share of each source pixel that the target pixel covers: [from, to) of `count`.
struct Cover {
  std::size_t first = 0;
  std::vector<double> shares;
};

std::vector<Cover> covers(std::uint32_t source, std::size_t target) {
  std::vector<Cover> made(target);
  for (std::size_t i = 0; i < target; ++i) {
    const double from = static_cast<double>(i) * source / static_cast<double>(target);
    const double to = static_cast<double>(i + 1) * source / static_cast<double>(target);
    made[i].first = std::min<std::size_t>(static_cast<std::size_t>(from), source - 1);
    for (std::size_t at = made[i].first; at < source && static_cast<double>(at) < to; ++at) {
      const double low = std::max(from, static_cast<double>(at)), high = std::min(to, static_cast<double>(at + 1));
      made[i].shares.push_back((high - low) / (to - from));
    }
  }
  return made;
}

}  // namespace

Result<Picture> decode(std::span<const std::byte> file, std::uint32_t least_side) {
  if (file.size() > kMaxBytes) {
    return base::too_large("picture: " + std::to_string(file.size()) + " bytes; expected at most " +
                           std::to_string(kMaxBytes));
  }
  if (begins(file, {0xFF, 0xD8, 0xFF})) return decode_jpeg(file, least_side);
  if (begins(file, {0x89, 'P', 'N', 'G'})) return decode_png(file);
  return base::invalid_input("picture: the file begins like no picture that is known; expected a JPEG or a PNG");
}

void shrink(const Picture& picture, std::size_t side, std::span<float> planes) {
  assert(planes.size() == 3 * side * side && picture.width > 0 && picture.height > 0);
  const std::vector<Cover> columns = covers(picture.width, side), rows = covers(picture.height, side);
  for (std::size_t y = 0; y < side; ++y) {
    for (std::size_t x = 0; x < side; ++x) {
      double sums[3] = {};
      for (std::size_t dy = 0; dy < rows[y].shares.size(); ++dy) {
        const std::uint8_t* row = picture.rgb.data() + (rows[y].first + dy) * picture.width * 3;
        for (std::size_t dx = 0; dx < columns[x].shares.size(); ++dx) {
          const std::uint8_t* pixel = row + (columns[x].first + dx) * 3;
          const double share = rows[y].shares[dy] * columns[x].shares[dx];
          for (std::size_t c = 0; c < 3; ++c) sums[c] += share * pixel[c];
        }
      }
      for (std::size_t c = 0; c < 3; ++c) planes[(c * side + y) * side + x] = static_cast<float>(sums[c] / 255);
    }
  }
}

}  // namespace inkling::picture
