// The serving half of album_sorter: a small convolutional network. Unsure where the largest logit is low and the
// picture lies far from those of the nearest album: the sum of both, weighed by the training half on pictures held
// out. Thread safety and cost: as models/picture_model.h; some 3.5 million multiplications a picture.
#pragma once

#include "models/picture_model.h"

namespace inkling::models::album_sorter {

// The registry's entry.
[[nodiscard]] const PictureModel& picture_model();

}  // namespace inkling::models::album_sorter
