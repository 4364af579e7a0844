// Drawings of nothing in particular, for pictures that are in no album (album_sorter_foreign_net.h): leaves of all
// shapes fallen over one another, and things. A thing is some simple shapes in a few colours, single, in a row or in
// a ring, mirrored or not; what a thing shows, nobody knows. Nothing here is drawn after any subject, so it says
// little of the ones that people send; all that it teaches is that shapes, grounds and colours of the albums do not
// make an album's picture. Source: Baradad et al., Learning to see by looking at noise, 2021 (dead leaves). Thread
// safety: pure but for the random numbers.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "base/core/random.h"

namespace inkling::models::album_sorter {

using Colour = std::array<float, 3>;  // -1 to 1

// Three planes of side * side values from -1 to 1.
struct Sheet {
  std::size_t side = 0;
  std::vector<float> values;
  explicit Sheet(std::size_t a_side) : side(a_side), values(3 * a_side * a_side) {}
  [[nodiscard]] Colour at(std::size_t pixel) const;
  void set(std::size_t pixel, const Colour& colour);
};

// Which colours a drawing has: mostly those of one own picture, or any, strong or pale.
class Colours {
 public:
  // `own`: the planes of a picture, or none.
  Colours(std::span<const float> own, base::Random& random);
  [[nodiscard]] Colour any(base::Random& random) const;

 private:
  std::span<const float> own_;
  double strength_ = 1;
};

[[nodiscard]] Sheet dead_leaves(std::size_t side, const Colours& colours, base::Random& random);
// A ground of one to four parts, each even or fading, parted by straight lines.
[[nodiscard]] Sheet ground(std::size_t side, const Colours& colours, base::Random& random);
// One thing or some, drawn over what is there.
void add_things(Sheet& sheet, const Colours& colours, base::Random& random);
// Blur, light from one side, noise.
void photograph(Sheet& sheet, base::Random& random);

}  // namespace inkling::models::album_sorter
