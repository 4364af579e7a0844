// Rows that teach the trees, out of cases (basket/removal_cases.h): candidate features as they are, case after case.
// Thread safety: pure functions. Failure: none.
#pragma once

#include <cstdint>
#include <vector>

#include "base/core/random.h"
#include "basket/removal_cases.h"

namespace inkling::models::add_on_gbdt {

struct RankingRows {
  std::vector<float> values;          // [rows x basket::kCandidateFeatureCount]
  std::vector<std::uint8_t> labels;   // 1: was taken out
  std::vector<std::uint32_t> groups;  // rows of each case
};

// A case in which nothing but the item taken out would close the gap teaches nothing and is left out.
void append_rows(const basket::CoBasket& statistics, const basket::Histories& histories,
                 const basket::AddOnCase& made, const basket::NegativeOptions& options, base::Random& random,
                 RankingRows& rows);

}  // namespace inkling::models::add_on_gbdt
