// The training half of album_sorter: the network with batch normalisation, learnt by AdamW on moved, mirrored and
// relighted pictures; then, on pictures held out, the temperature of its probabilities and the limits beyond which it
// is unsure. Sources: Guo et al., On calibration of modern neural networks, 2017 (temperature); Lee et al., A simple
// unified framework for detecting out-of-distribution samples, 2018 (Mahalanobis' distance over all layers).
// Thread safety: as train::PictureHalf. The same seed and threads give the same bytes.
#pragma once

#include "train/picture_half.h"

namespace inkling::models::album_sorter {

// The registry's entry (train/picture_half.h).
[[nodiscard]] const train::PictureHalf& picture_half();

}  // namespace inkling::models::album_sorter
