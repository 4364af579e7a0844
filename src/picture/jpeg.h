// The JPEG half of decode.h, apart because libjpeg tells errors by longjmp. Within src/picture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "picture/decode.h"

namespace inkling::picture {

[[nodiscard]] base::Status check_size(std::uint64_t width, std::uint64_t height);
[[nodiscard]] base::Result<Picture> decode_jpeg(std::span<const std::byte> file, std::uint32_t least_side);

}  // namespace inkling::picture
