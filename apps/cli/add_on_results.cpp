#include "apps/cli/add_on_results.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "apps/cli/evaluation.h"

namespace inkling::cli {
namespace {

using base::Result;
using base::Status;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr auto kByExposures = eval::GroupWeight::kExposures;

struct Tested {
  OfferColumns columns;
  eval::Groups shoppers;
  eval::Groups looks;
};

double value_or_none(const Result<double>& value) {
  return value.ok() ? *value : kNone;
}

// A deed of which the test part has none, or nothing else, has no AUC; the runs' own mistakes were found before.
void add_seed(const std::vector<double>& scores, const Tested& tested, std::size_t deed, DeedResult& result) {
  const auto& labels = tested.columns.labels[deed];
  const auto by_shopper = eval::gauc(scores, labels, tested.shoppers, "shopper", kByExposures);
  const auto by_look = eval::gauc(scores, labels, tested.looks, "look", eval::GroupWeight::kEqual);
  result.gauc_shopper.push_back(by_shopper.ok() ? by_shopper->value : kNone);
  result.gauc_look.push_back(by_look.ok() ? by_look->value : kNone);
  result.auc.push_back(value_or_none(eval::auc(scores, labels)));
  if (!by_shopper.ok()) return;
  result.definition = by_shopper->definition;
  result.dropped_share = std::max(result.dropped_share, by_shopper->points_dropped_share);
}

bool is_whole(const DeedResult& result) {
  return std::ranges::all_of(result.gauc_shopper, [](double value) { return std::isfinite(value); });
}

std::size_t place_of(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

class Comparison {
 public:
  Comparison(const AddOnSuite& suite, const std::vector<TriedSeed>& seeds) : suite_(suite), seeds_(seeds) {}

  Result<AddOnResults> compare() {
    for (const Contender& contender : suite_.contenders) results_.names.push_back(contender.name);
    for (const TriedSeed& seed : seeds_) INKLING_TRY(read(seed));
    for (std::size_t deed = 0; deed < kRankedDeeds.size(); ++deed) {
      for (std::size_t c = 0; c < results_.names.size(); ++c) measure(deed, c);
    }
    for (std::size_t deed = 0; deed < kRankedDeeds.size(); ++deed) {
      for (const auto& pair : suite_.pairs) INKLING_TRY(compare_pair(deed, pair));
    }
    for (std::size_t c = 0; c < results_.names.size(); ++c) results_.calibration.push_back(tenths(c));
    return std::move(results_);
  }

 private:
  Status read(const TriedSeed& seed) {
    OfferColumns columns = columns_of(seed.trial);
    for (const AddOnRun& run : seed.runs) {
      if (run.scores.size() == columns.shopper.size()) continue;
      return base::internal_error("seed " + std::to_string(seed.trial.seed) + ": " + run.name + " has " +
                                  std::to_string(run.scores.size()) + " scores for " +
                                  std::to_string(columns.shopper.size()) + " offers");
    }
    const auto shoppers = eval::Groups::of(columns.shopper);
    const auto looks = eval::Groups::of(columns.look);
    tested_.push_back({std::move(columns), shoppers, looks});
    return {};
  }

  [[nodiscard]] const std::vector<double>& scores(std::size_t seed, std::size_t contender) const {
    return seeds_[seed].runs[contender].scores;
  }

  void measure(std::size_t deed, std::size_t contender) {
    DeedResult result{results_.names[contender], kRankedDeeds[deed], {}, {}, {}, 0, {}};
    for (std::size_t s = 0; s < seeds_.size(); ++s) add_seed(scores(s, contender), tested_[s], deed, result);
    results_.results.push_back(std::move(result));
  }

  [[nodiscard]] const DeedResult& result_of(std::size_t deed, std::size_t contender) const {
    return results_.results[deed * results_.names.size() + contender];
  }

  Status compare_pair(std::size_t deed, const std::pair<std::string, std::string>& names) {
    const std::size_t first = place_of(results_.names, names.first);
    const std::size_t second = place_of(results_.names, names.second);
    if (!is_whole(result_of(deed, first)) || !is_whole(result_of(deed, second))) return {};
    DeedPair pair{names.first, names.second, kRankedDeeds[deed], {}, {}};
    for (std::size_t s = 0; s < seeds_.size(); ++s) {
      const auto& labels = tested_[s].columns.labels[deed];
      INKLING_ASSIGN(const auto one, eval::gauc_metric(scores(s, first), labels, tested_[s].shoppers, kByExposures));
      INKLING_ASSIGN(const auto other,
                     eval::gauc_metric(scores(s, second), labels, tested_[s].shoppers, kByExposures));
      INKLING_ASSIGN(const eval::Difference difference, eval::paired_bootstrap(*one, *other, kBootstrapSeed));
      pair.within.push_back(difference);
    }
    INKLING_ASSIGN(pair.over,
                   eval::compare_seeds(result_of(deed, first).gauc_shopper, result_of(deed, second).gauc_shopper));
    results_.pairs.push_back(std::move(pair));
    return {};
  }

  [[nodiscard]] std::array<ScoreTenth, kTenths> tenths(std::size_t contender) const {
    std::array<ScoreTenth, kTenths> found;
    for (std::size_t s = 0; s < seeds_.size(); ++s) {
      const auto& own = scores(s, contender);
      std::vector<std::size_t> order(own.size());
      std::iota(order.begin(), order.end(), 0U);
      std::ranges::stable_sort(order, {}, [&own](std::size_t offer) { return own[offer]; });
      for (std::size_t i = 0; i < order.size(); ++i) {
        ScoreTenth& tenth = found[i * kTenths / order.size()];
        ++tenth.offers;
        for (std::size_t d = 0; d < kRankedDeeds.size(); ++d) {
          tenth.deeds[d] += tested_[s].columns.labels[d][order[i]];
        }
      }
    }
    return found;
  }

  const AddOnSuite& suite_;
  const std::vector<TriedSeed>& seeds_;
  std::vector<Tested> tested_;
  AddOnResults results_;
};

}  // namespace

OfferColumns columns_of(const AddOnTrial& trial) {
  OfferColumns columns;
  for (std::size_t look = 0; look < trial.test.size(); ++look) {
    for (const basket::OfferedItem& offered : trial.test[look].offered) {
      columns.labels[0].push_back(offered.clicked ? 1 : 0);
      columns.labels[1].push_back(offered.carted ? 1 : 0);
      columns.labels[2].push_back(offered.bought ? 1 : 0);
      columns.shopper.push_back(trial.test[look].shopper);
      columns.look.push_back(look);
    }
  }
  return columns;
}

Result<AddOnResults> compare_add_on(const AddOnSuite& suite, const std::vector<TriedSeed>& seeds) {
  return Comparison(suite, seeds).compare();
}

}  // namespace inkling::cli
