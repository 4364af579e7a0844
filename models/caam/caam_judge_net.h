// What a ranker makes of the days that did not teach it: items taken out of baskets are searched, questions of
// impressions are ordered. Thread safety: pure function. Failure: kInvalidInput where a metric has no value.
#pragma once

#include <map>
#include <string>

#include "basket/removal_cases.h"
#include "train/ranking_half.h"

namespace inkling::models::caam {

// Of what happened from `from_ms` to the job's end. Items taken out: test.points, test.hr10, test.mrr10. Impressions:
// test.points (exposures), test.gauc_click, and test.gauc_buy where anything was bought: by question, weighted by
// exposures, questions of one class left out.
[[nodiscard]] base::Result<std::map<std::string, double>> judge(const basket::CandidateScorer& scorer,
                                                                const train::RankingJob& job, std::int64_t from_ms,
                                                                bool impressions, const basket::CaseOptions& cases);

}  // namespace inkling::models::caam
