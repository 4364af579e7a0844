// What the runs of an add-on suite say together: how well each contender puts what was clicked, put into the cart,
// bought above the rest, and the differences of pairs with intervals.
//
// GAUC is quoted with its group and weight: by shopper, weighted by exposures (DIN's definition), and by look, where
// every look weighs the same. Groups of one class have none and are left out; their share is told. Intervals within a
// seed resample shoppers (eval/bootstrap.h, paired), those over seeds are Student's. NaN where nothing of a kind was
// done or all was, so that no AUC exists. Thread safety: pure functions. Cost: a thousand replicates a pair, seed and
// deed. Failure: kInternal when runs of one seed do not fit its test part.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "apps/cli/add_on_runner.h"
#include "base/core/json.h"
#include "eval/bootstrap.h"
#include "eval/paired_seeds.h"

namespace inkling::cli {

inline constexpr std::array<const char*, 3> kRankedDeeds = {"click", "cart", "buy"};

// Of one seed's test part, one entry an offer.
struct OfferColumns {
  std::array<std::vector<std::uint8_t>, kRankedDeeds.size()> labels;
  std::vector<std::uint64_t> shopper;
  std::vector<std::uint64_t> look;  // 0, 1, 2 ...
};
[[nodiscard]] OfferColumns columns_of(const AddOnTrial& trial);

// By seed, as in the suite.
struct DeedResult {
  std::string name;  // of the contender
  std::string deed;
  std::vector<double> gauc_shopper;
  std::vector<double> gauc_look;
  std::vector<double> auc;
  double dropped_share = 0;  // of all exposures, in shoppers of one class, all seeds
  std::string definition;    // of gauc_shopper
};

struct DeedPair {
  std::string first;
  std::string second;
  std::string deed;
  std::vector<eval::Difference> within;  // one a seed: GAUC by shopper, resampling shoppers
  eval::PairedSeeds over;
};

// How often what a contender scored so high was acted on: tenths of its offers, ascending by score, all seeds; each
// seed's scores are put into tenths by themselves.
struct ScoreTenth {
  std::uint64_t offers = 0;
  std::array<std::uint64_t, kRankedDeeds.size()> deeds{};
};
inline constexpr std::size_t kTenths = 10;

struct AddOnResults {
  std::vector<std::string> names;                            // of contenders
  std::vector<DeedResult> results;                           // deed after deed, contenders in order
  std::vector<DeedPair> pairs;                               // deed after deed
  std::vector<std::array<ScoreTenth, kTenths>> calibration;  // by contender
};

[[nodiscard]] base::Result<AddOnResults> compare_add_on(const AddOnSuite& suite, const std::vector<TriedSeed>& seeds);
[[nodiscard]] base::Json to_json(const AddOnSuite& suite, const AddOnResults& results,
                                 const std::vector<TriedSeed>& seeds);

}  // namespace inkling::cli
