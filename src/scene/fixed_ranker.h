// A ranking package over purchases that stand in a test or a replay file: statistics as a trained package has them,
// and in place of trees a score that anybody can work out. Not for serving.
//
// The score is conditional + personal_faded (basket/candidate_features.h), -1 for what nobody bought. Thread safety:
// as basket::CandidateScorer. Failure: as basket::CoBasketBuilder.
#pragma once

#include <span>
#include <string>

#include "base/core/result.h"
#include "basket/candidate_scorer.h"
#include "basket/purchase.h"

namespace inkling::scene {

// `purchases` in the order of time; the statistics end behind the last.
[[nodiscard]] base::Result<basket::RankingPackage> fixed_ranker(const std::string& model, const std::string& version,
                                                                std::span<const basket::Purchase> purchases);

}  // namespace inkling::scene
