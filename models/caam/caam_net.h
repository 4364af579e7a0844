// The training half of CAAM (train/ranking_half.h): samples, fit, and the package. Thread safety and failure: see
// there.
#pragma once

#include "train/ranking_half.h"

namespace inkling::models::caam {

[[nodiscard]] const train::RankingHalf& ranking_half();

}  // namespace inkling::models::caam
