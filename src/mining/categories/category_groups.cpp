#include "mining/categories/category_groups.h"

#include <numeric>
#include <utility>

#include "mining/categories/communities.h"

namespace inkling::categories {
namespace {

PairMatrix mean_score(const std::array<PairMatrix, kMergeSignals>& signals, const MergeOptions& options) {
  const double weights = std::accumulate(options.weight.begin(), options.weight.end(), 0.0);
  PairMatrix score(signals[0].size());
  score.for_each([&](std::uint32_t a, std::uint32_t b, float& value) {
    double sum = 0;
    for (std::size_t i = 0; i < kMergeSignals; ++i) sum += options.weight[i] * signals[i].at(a, b);
    value = weights > 0 ? static_cast<float>(sum / weights) : 0;
  });
  return score;
}

// Groups by their first member's number; the score between two is the mean over pairs of members.
class Linkage {
 public:
  explicit Linkage(const PairMatrix& score) : between_(score), size_(score.size(), 1), group_(score.size()) {
    std::iota(group_.begin(), group_.end(), 0U);
  }

  std::vector<std::uint32_t> grow(double threshold) {
    while (join_likest(threshold)) {
    }
    return std::move(group_);
  }

 private:
  bool join_likest(double threshold) {
    double best = threshold;
    std::uint32_t into = 0, from = 0;
    std::as_const(between_).for_each([&](std::uint32_t a, std::uint32_t b, float score) {
      if (size_[a] == 0 || size_[b] == 0 || score <= best) return;
      best = score;
      into = a;
      from = b;
    });
    if (into == from) return false;
    for (std::uint32_t other = 0; other < size_.size(); ++other) {
      if (other == into || other == from || size_[other] == 0) continue;
      between_.at(into, other) = (size_[into] * between_.at(into, other) + size_[from] * between_.at(from, other)) /
                                 (size_[into] + size_[from]);
    }
    size_[into] += std::exchange(size_[from], 0.0F);
    for (std::uint32_t& group : group_) {
      if (group == from) group = into;
    }
    return true;
  }

  PairMatrix between_;
  std::vector<float> size_;  // 0: part of another by now
  std::vector<std::uint32_t> group_;
};

}  // namespace

MergeFindings group_categories(std::array<PairMatrix, kMergeSignals> signals, const MergeOptions& options) {
  PairMatrix score = mean_score(signals, options);
  std::vector<std::uint32_t> group = Linkage(score).grow(options.threshold);
  const std::uint32_t groups = number_in_order(group);
  return {std::move(group), groups, std::move(signals), std::move(score)};
}

}  // namespace inkling::categories
