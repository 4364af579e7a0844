// Pictures that are in no album, made up while it learns, so that the network knows what it does not know: own
// pictures pulled out of shape, tiles of own pictures in another order, two own pictures on one another, clouds,
// leaves of all shapes and colours fallen over one another, and things that are nothing in particular on grounds of
// their own or on those of own pictures. No picture of anybody is needed. Sources: Hendrycks et al., Deep anomaly
// detection with outlier exposure, 2019; Baradad et al., Learning to see by looking at noise, 2021 (dead leaves).
// Thread safety: pure but for the random numbers.
#pragma once

#include <torch/types.h>

#include "base/core/random.h"

namespace inkling::models::album_sorter {

// `rows`: own pictures [pictures x colours x side x side], -1 to 1, at least 2; the answer has `count` of the same
// form.
[[nodiscard]] torch::Tensor foreign_pictures(const torch::Tensor& rows, std::int64_t count, base::Random& random);

}  // namespace inkling::models::album_sorter
