// Pictures as files (JPEG, PNG), for made-up pictures and tests; the opposite of decode.h. Not for strangers'
// pictures. Thread safety: pure functions. Failure: the library's own sentence as kInternal.
#pragma once

#include <string>

#include "picture/decode.h"

namespace inkling::picture {

[[nodiscard]] base::Result<std::string> encode_png(const Picture& picture);
// `quality` 1 to 100.
[[nodiscard]] base::Result<std::string> encode_jpeg(const Picture& picture, int quality);

}  // namespace inkling::picture
