// A picture file of strangers: refused with a sentence, or as many bytes as its size says, and its small square lies
// between 0 and 1.
#include <string>
#include <vector>

#include "fuzz/property.h"
#include "picture/decode.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace inkling;
  const auto picture = picture::decode({reinterpret_cast<const std::byte*>(data), size}, 64);
  if (!picture.ok()) {
    fuzz::must(picture.status().message().starts_with("picture: "), "a refusal says what of");
    return 0;
  }
  fuzz::must(picture->width > 0 && picture->height > 0, "there is a picture");
  fuzz::must(picture->rgb.size() == std::size_t{picture->width} * picture->height * 3, "every pixel is there");
  constexpr std::size_t kSide = 16;
  std::vector<float> planes(3 * kSide * kSide);
  picture::shrink(*picture, kSide, planes);
  for (const float value : planes) fuzz::must(value >= -1e-5F && value <= 1 + 1e-5F, "values lie between 0 and 1");
  return 0;
}
