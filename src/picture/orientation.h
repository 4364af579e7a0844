// How a camera was held: the EXIF tag "orientation" of a JPEG, and a picture turned the way that it asks for. Within
// src/picture. Source: EXIF 2.32, sections 4.5 and 4.6; TIFF 6.0. Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <span>

#include "picture/decode.h"

namespace inkling::picture {

inline constexpr int kUpright = 1;

// `app1`: the bytes of an APP1 marker behind its length. 1 to 8; kUpright where the marker is not EXIF, does not say,
// is cut off or damaged: such a picture can still be looked at. Reads within `app1` alone, in time linear in it.
[[nodiscard]] int orientation_of(std::span<const std::byte> app1);

// `orientation` 1 to 8. Memory: as much again while it is turned.
void set_upright(Picture& picture, int orientation);

}  // namespace inkling::picture
