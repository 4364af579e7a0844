#include "models/add_on_gbdt/add_on_gbdt_net.h"

#include <algorithm>
#include <utility>

#include "base/core/clock.h"
#include "basket/removal_options.h"
#include "basket/statistics_tensors.h"
#include "models/add_on_gbdt/add_on_gbdt_serve.h"

namespace inkling::models::add_on_gbdt {
namespace {

using base::JsonView;
using base::Result;
using base::Status;
using basket::Purchase;

template <typename Count>
Status read_count(const JsonView& params, std::string_view name, Count& count) {
  INKLING_ASSIGN(const auto value, params.integer(name));
  count = static_cast<Count>(value);
  return {};
}

template <typename Number>
Status read_number(const JsonView& params, std::string_view name, Number& number) {
  INKLING_ASSIGN(const double value, params.number(name));
  number = static_cast<Number>(value);
  return {};
}

Result<RankerOptions> options_of(const train::RankingJob& job) {
  RankerOptions options;
  options.seed = job.seed;
  options.threads = job.threads;
  const JsonView params(job.params, "params");
  INKLING_ASSIGN(const basket::RemovalOptions teaching, basket::removal_options(params));
  options.days = teaching.days;
  options.removals = teaching.removals;
  options.statistics = teaching.statistics;
  options.cases = teaching.cases;
  options.negatives = teaching.negatives;
  INKLING_TRY(read_count(params, "rounds", options.rounds));
  INKLING_TRY(read_count(params, "max_depth", options.max_depth));
  INKLING_TRY(read_number(params, "eta", options.eta));
  INKLING_TRY(read_number(params, "min_child_weight", options.min_child_weight));
  INKLING_TRY(read_number(params, "subsample", options.subsample));
  INKLING_TRY(read_number(params, "colsample_bytree", options.colsample_bytree));
  INKLING_TRY(read_number(params, "lambda", options.lambda));
  return options;
}

class AddOnTraining final : public train::RankingHalf {
 public:
  [[nodiscard]] std::string_view name() const override { return "add_on_gbdt"; }

  [[nodiscard]] Result<train::RankedModel> train(const train::RankingJob& job) const override {
    INKLING_ASSIGN(const RankerOptions options, options_of(job));
    INKLING_ASSIGN(const auto test_days, JsonView(job.params, "params").integer("test_days"));
    train::RankedModel trained;
    if (test_days > 0) {
      INKLING_ASSIGN(trained.metrics, held_out(job, job.end_ms - test_days * base::kDayMs, options));
    }
    INKLING_ASSIGN(const FittedRanker fitted, fit(job.purchases, job.end_ms, options));
    INKLING_TRY(basket::write_statistics(fitted.statistics, trained.weights));
    INKLING_TRY(forest::write_trees(fitted.trees, 0, trained.weights));
    trained.features = feature_names();
    return trained;
  }

 private:
  // What a ranker that ends at `from_ms` makes of the purchases behind.
  static Result<std::map<std::string, double>> held_out(const train::RankingJob& job, std::int64_t from_ms,
                                                        const RankerOptions& options) {
    INKLING_ASSIGN(FittedRanker fitted, fit(job.purchases, from_ms, options));
    INKLING_ASSIGN(auto trees,
                   nn::TreeEnsemble::make("trees", fitted.trees.tensors(), basket::kCandidateFeatureCount));
    const AddOnScorer scorer(std::make_shared<const basket::CoBasket>(std::move(fitted.statistics)),
                             {fitted.trees.start_logit, std::move(trees)});
    basket::Histories histories;
    std::vector<Purchase> tested;
    for (const Purchase& purchase : job.purchases) {
      if (purchase.ts_ms < from_ms) histories.add(purchase);
      if (purchase.ts_ms >= from_ms && purchase.ts_ms < job.end_ms) tested.push_back(purchase);
    }
    const basket::Found found = basket::search(scorer, histories, tested, options.cases, job.seed);
    return std::map<std::string, double>{{"test.points", static_cast<double>(found.cases)},
                                         {"test.hr10", found.hit_rate()},
                                         {"test.mrr10", found.mean_reciprocal_rank()}};
  }
};

}  // namespace

const train::RankingHalf& ranking_half() {
  static const AddOnTraining kHalf;
  return kHalf;
}

}  // namespace inkling::models::add_on_gbdt
