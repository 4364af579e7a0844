// Grows the trees of the add-on ranker: from cases made of the last days before a moment, with statistics that end
// before those days, so that no case is among what its features count. Thread safety: one thread, XGBoost runs
// `threads` of its own. The same purchases, settings and thread count give the same trees. Failure: kInvalidInput
// when no purchase makes a case, and what XGBoost refuses.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "basket/co_basket_builder.h"
#include "forest/tree_columns.h"
#include "models/add_on_gbdt/add_on_gbdt_cases.h"
#include "train/booster.h"

namespace inkling::models::add_on_gbdt {

struct RankerOptions {
  basket::CoBasketOptions statistics;
  basket::CaseOptions cases;
  basket::NegativeOptions negatives;
  int days = 75;      // before the end, whose baskets teach
  int removals = 1;   // of one basket, each a case of its own
  int rounds = 80;    // trees
  int max_depth = 4;  // questions between root and leaf
  double eta = 0.1;   // share of each tree that is added
  double subsample = 0.8;
  double colsample_bytree = 0.8;
  double min_child_weight = 1;
  double lambda = 1;
  std::vector<std::string> without;  // names of features that the trees may not see
  std::uint64_t seed = 1;
  int threads = 1;
};

// `purchases` in the order of time; those from `end_ms` on are not read.
[[nodiscard]] base::Result<RankingRows> training_rows(std::span<const basket::Purchase> purchases,
                                                      std::int64_t end_ms, const RankerOptions& options);
[[nodiscard]] base::Result<forest::TreeColumns> fit_ranker(RankingRows rows, const RankerOptions& options);

// What XGBoost is told.
[[nodiscard]] train::Booster::Settings booster_settings(const RankerOptions& options);

// Trees as above, and statistics up to the end to serve them with.
struct FittedRanker {
  basket::CoBasket statistics;
  forest::TreeColumns trees;
};
[[nodiscard]] base::Result<FittedRanker> fit(std::span<const basket::Purchase> purchases, std::int64_t end_ms,
                                             const RankerOptions& options);

}  // namespace inkling::models::add_on_gbdt
