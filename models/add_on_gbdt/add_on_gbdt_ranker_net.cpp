#include "models/add_on_gbdt/add_on_gbdt_ranker_net.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "base/core/clock.h"
#include "base/core/number_text.h"
#include "train/booster.h"

namespace inkling::models::add_on_gbdt {
namespace {

using base::Result;
using base::Status;
using basket::kCandidateFeatureCount;
using train::Booster;
using train::Matrix;

}  // namespace

Booster::Settings booster_settings(const RankerOptions& options) {
  return {{"booster", "gbtree"},
          {"objective", "rank:pairwise"},
          {"tree_method", "hist"},
          {"disable_default_eval_metric", "1"},
          {"verbosity", "0"},
          {"validate_parameters", "1"},
          {"nthread", std::to_string(options.threads)},
          {"seed", std::to_string(options.seed & 0x7fffffffU)},
          {"max_depth", std::to_string(options.max_depth)},
          {"eta", base::number_text(options.eta)},
          {"subsample", base::number_text(options.subsample)},
          {"colsample_bytree", base::number_text(options.colsample_bytree)},
          {"min_child_weight", base::number_text(options.min_child_weight)},
          {"lambda", base::number_text(options.lambda)}};
}

namespace {

// A column that is missing everywhere cannot be split.
Status hide(const std::vector<std::string>& names, RankingRows& rows) {
  for (const std::string& name : names) {
    const auto found = std::ranges::find(basket::kCandidateFeatureNames, name);
    if (found == basket::kCandidateFeatureNames.end()) {
      return base::invalid_input("without: there is no candidate feature \"" + name + "\"");
    }
    const auto column = static_cast<std::size_t>(found - basket::kCandidateFeatureNames.begin());
    for (std::size_t at = column; at < rows.values.size(); at += kCandidateFeatureCount) {
      rows.values[at] = std::numeric_limits<float>::quiet_NaN();
    }
  }
  return {};
}

}  // namespace

Result<RankingRows> training_rows(std::span<const basket::Purchase> purchases, std::int64_t end_ms,
                                  const RankerOptions& options) {
  const std::int64_t split_ms = end_ms - options.days * base::kDayMs;
  basket::CoBasketBuilder builder(options.statistics);
  basket::Histories histories;
  for (const basket::Purchase& purchase : purchases) {
    if (purchase.ts_ms >= split_ms) continue;
    builder.add(purchase);
    histories.add(purchase);
  }
  INKLING_ASSIGN(const basket::CoBasket statistics, builder.build(split_ms));
  basket::CaseMaker maker(statistics, options.cases);
  base::Random random(options.seed);
  RankingRows rows;
  for (const basket::Purchase& purchase : purchases) {
    if (purchase.ts_ms < split_ms || purchase.ts_ms >= end_ms) continue;
    for (int removal = 0; removal < options.removals; ++removal) {
      const auto made = maker.make(purchase, random);
      if (made) append_rows(statistics, histories, *made, options.negatives, random, rows);
    }
  }
  if (!rows.groups.empty()) return rows;
  return base::invalid_input("none of the baskets of the last " + std::to_string(options.days) +
                             " days makes a case: at least one of " + std::to_string(options.cases.min_items) +
                             " to " + std::to_string(options.cases.max_items) +
                             " items that were bought before those days is needed; ask for fewer days");
}

Result<forest::TreeColumns> fit_ranker(RankingRows rows, const RankerOptions& options) {
  INKLING_TRY(hide(options.without, rows));
  INKLING_ASSIGN(Matrix matrix, Matrix::make(rows.values, std::vector<bool>(kCandidateFeatureCount, false)));
  INKLING_TRY(matrix.set_labels(rows.labels));
  INKLING_TRY(matrix.set_groups(rows.groups));
  const std::array<const Matrix*, 1> used = {&matrix};
  INKLING_ASSIGN(Booster booster, Booster::make(booster_settings(options), used));
  for (int round = 0; round < options.rounds; ++round) INKLING_TRY(booster.grow(round, matrix));
  return booster.trees(options.rounds);
}

Result<FittedRanker> fit(std::span<const basket::Purchase> purchases, std::int64_t end_ms,
                         const RankerOptions& options) {
  FittedRanker fitted;
  INKLING_ASSIGN(auto rows, training_rows(purchases, end_ms, options));
  INKLING_ASSIGN(fitted.trees, fit_ranker(std::move(rows), options));
  basket::CoBasketBuilder builder(options.statistics);
  for (const basket::Purchase& purchase : purchases) {
    if (purchase.ts_ms < end_ms) builder.add(purchase);
  }
  INKLING_ASSIGN(fitted.statistics, builder.build(end_ms));
  return fitted;
}

}  // namespace inkling::models::add_on_gbdt
