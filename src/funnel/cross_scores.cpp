#include "funnel/cross_scores.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "funnel/item_book.h"

namespace inkling::funnel {
namespace {

void add(MeanCrossScores& mean, const Shown& shown) {
  ++mean.count;
  mean.leaf_to_ticked += shown.to_ticked.leaf;
  mean.top_to_ticked += shown.to_ticked.top;
  mean.leaf_to_history += shown.to_history.leaf;
  mean.top_to_history += shown.to_history.top;
}

struct Counts {
  std::uint64_t shown = 0;
  std::uint64_t deeds = 0;
};

// Shown and done, by pair and by leaf alone.
class PairCounts {
 public:
  void add(const std::vector<std::uint32_t>& beside, std::uint32_t leaf, bool done) {
    const auto count = [done](Counts& counts) {
      ++counts.shown;
      counts.deeds += done ? 1 : 0;
    };
    count(by_added_[leaf]);
    ++all_;
    for (const std::uint32_t other : beside) {
      count(by_pair_[{other, leaf}]);
      ++by_beside_[other];
    }
  }

  [[nodiscard]] std::vector<PairLift> lifts(Deed deed) const {
    std::vector<PairLift> lifts;
    for (const auto& [pair, counts] : by_pair_) {
      const Counts& added = by_added_.at(pair.second);
      PairLift lift{pair.first, pair.second, counts.shown, counts.deeds, 0};
      const auto added_shown = static_cast<double>(added.shown);
      lift.expected = deed == Deed::kShown
                          ? static_cast<double>(by_beside_.at(pair.first)) * added_shown / static_cast<double>(all_)
                          : static_cast<double>(counts.shown) * static_cast<double>(added.deeds) / added_shown;
      lifts.push_back(lift);
    }
    return lifts;
  }

 private:
  std::map<std::pair<std::uint32_t, std::uint32_t>, Counts> by_pair_;
  std::map<std::uint32_t, Counts> by_added_;
  std::map<std::uint32_t, std::uint64_t> by_beside_;  // shown
  std::uint64_t all_ = 0;
};

}  // namespace

std::array<MeanCrossScores, kDeeds> mean_cross_scores(const std::vector<Look>& looks) {
  std::array<MeanCrossScores, kDeeds> means;
  for (const Look& look : looks) {
    for (const Shown& shown : look.shown) {
      for (std::size_t deed = 0; deed < kDeeds; ++deed) {
        if (shown.did(static_cast<Deed>(deed))) add(means[deed], shown);
      }
    }
  }
  for (MeanCrossScores& mean : means) {
    const auto count = static_cast<double>(std::max<std::uint64_t>(mean.count, 1));
    for (double* sum : {&mean.leaf_to_ticked, &mean.top_to_ticked, &mean.leaf_to_history, &mean.top_to_history}) {
      *sum /= count;
    }
  }
  return means;
}

std::vector<PairLift> pair_lifts(const std::vector<Look>& looks, const ItemBook& items, Beside beside, Deed deed) {
  PairCounts counts;
  for (const Look& look : looks) {
    const auto& others = beside == Beside::kTicked ? look.ticked_leaves : look.history_leaves;
    for (const Shown& shown : look.shown) {
      const std::uint32_t leaf = items.facts(shown.item).leaf;
      if (leaf != kNoCategory) counts.add(others, leaf, shown.did(deed));
    }
  }
  std::vector<PairLift> lifts = counts.lifts(deed);
  std::ranges::sort(lifts, [](const PairLift& a, const PairLift& b) {
    return std::tuple(-a.ranked(), a.beside, a.added) < std::tuple(-b.ranked(), b.beside, b.added);
  });
  return lifts;
}

}  // namespace inkling::funnel
