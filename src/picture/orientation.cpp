#include "picture/orientation.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace inkling::picture {
namespace {

using Bytes = std::span<const std::byte>;

// A TIFF header with whole numbers in the byte order that it names; places are counted from its beginning.
struct Tiff {
  Bytes bytes;
  bool big_endian = false;

  [[nodiscard]] std::optional<std::uint32_t> number(std::size_t at, std::size_t size) const {
    if (at > bytes.size() || bytes.size() - at < size) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      value = value << 8 | std::to_integer<std::uint32_t>(bytes[at + (big_endian ? i : size - 1 - i)]);
    }
    return value;
  }
};

std::optional<Tiff> tiff_of(Bytes app1) {
  constexpr std::array kExif = {'E', 'x', 'i', 'f', '\0', '\0'};
  if (app1.size() < kExif.size() || !std::equal(kExif.begin(), kExif.end(), app1.begin(),
                                                [](char a, std::byte b) { return a == std::to_integer<char>(b); })) {
    return std::nullopt;
  }
  Tiff tiff{app1.subspan(kExif.size())};
  const auto order = tiff.number(0, 2);
  if (order != 0x4949 && order != 0x4D4D) return std::nullopt;  // "II", "MM": the same either way round
  tiff.big_endian = order == 0x4D4D;
  return tiff.number(2, 2) == 42U ? std::optional(tiff) : std::nullopt;
}

}  // namespace

int orientation_of(Bytes app1) {
  constexpr std::size_t kEntry = 12;  // tag, type, count, value
  constexpr std::uint32_t kOrientation = 0x0112, kShort = 3;
  const std::optional<Tiff> tiff = tiff_of(app1);
  if (!tiff) return kUpright;
  const std::optional<std::uint32_t> directory = tiff->number(4, 4);
  const auto entries = directory ? tiff->number(*directory, 2) : std::nullopt;
  for (std::size_t i = 0; i < entries.value_or(0); ++i) {
    const std::size_t at = std::size_t{*directory} + 2 + i * kEntry;
    const auto tag = tiff->number(at, 2), value = tiff->number(at + 8, 2);
    if (!tag || !value) return kUpright;
    if (*tag != kOrientation) continue;
    const bool told =
        tiff->number(at + 2, 2) == kShort && tiff->number(at + 4, 4) == 1U && *value >= 1 && *value <= 8;
    return told ? static_cast<int>(*value) : kUpright;
  }
  return kUpright;
}

void set_upright(Picture& picture, int orientation) {
  assert(orientation >= 1 && orientation <= 8);
  if (orientation == kUpright) return;
  // As the standard lists them: which way the file's rows and columns run.
  const bool swapped = orientation >= 5;
  const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_below = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  Picture turned{picture.width, picture.height, std::vector<std::uint8_t>(picture.rgb.size())};
  if (swapped) std::swap(turned.width, turned.height);
  for (std::uint32_t y = 0; y < turned.height; ++y) {
    for (std::uint32_t x = 0; x < turned.width; ++x) {
      const std::uint32_t column = swapped ? y : x, row = swapped ? x : y;
      const std::size_t from_x = from_right ? picture.width - 1 - column : column;
      const std::size_t from_y = from_below ? picture.height - 1 - row : row;
      std::copy_n(picture.rgb.begin() + static_cast<std::ptrdiff_t>((from_y * picture.width + from_x) * 3), 3,
                  turned.rgb.begin() + static_cast<std::ptrdiff_t>((std::size_t{y} * turned.width + x) * 3));
    }
  }
  picture = std::move(turned);
}

}  // namespace inkling::picture
