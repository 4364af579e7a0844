// The serving half of album_sorter: a small convolutional network, its answer's probability, and how far the picture
// lies from those of the nearest album. Unsure where either is beyond a limit that the training half chose on
// pictures held out. Thread safety and cost: as models/picture_model.h; some 3.5 million multiplications a picture.
#pragma once

#include "models/picture_model.h"

namespace inkling::models::album_sorter {

// The registry's entry.
[[nodiscard]] const PictureModel& picture_model();

}  // namespace inkling::models::album_sorter
