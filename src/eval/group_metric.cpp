#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "eval/bootstrap.h"
#include "eval/grouped_auc.h"
#include "eval/ranking.h"

namespace inkling::eval {
namespace {

enum class RankMetricKind : std::uint8_t { kAuc, kAveragePrecision };

class RankMetric final : public GroupMetric {
 public:
  // Each point's row is replaced by its group, as that is all a replicate asks for.
  RankMetric(RankMetricKind kind, std::vector<RankedPoint> points, const Groups& groups)
      : kind_(kind), points_(std::move(points)), group_count_(groups.count()) {
    for (RankedPoint& point : points_) point.row = groups.of_point(point.row);
  }
  [[nodiscard]] std::size_t group_count() const override { return group_count_; }
  [[nodiscard]] std::optional<double> under(std::span<const std::uint32_t> times) const override {
    const auto weight_of = [times](std::uint32_t group) { return static_cast<double>(times[group]); };
    return kind_ == RankMetricKind::kAuc ? ranked_auc(points_, weight_of)
                                         : ranked_average_precision(points_, weight_of);
  }

 private:
  RankMetricKind kind_;
  std::vector<RankedPoint> points_;
  std::size_t group_count_;
};

// Sum over groups divided by sum of their weights: means, and GAUC.
class RatioMetric final : public GroupMetric {
 public:
  struct Part {
    double sum = 0;
    double weight = 0;
  };
  explicit RatioMetric(std::vector<Part> parts) : parts_(std::move(parts)) {}
  [[nodiscard]] std::size_t group_count() const override { return parts_.size(); }
  [[nodiscard]] std::optional<double> under(std::span<const std::uint32_t> times) const override {
    Part total;
    for (std::size_t g = 0; g < parts_.size(); ++g) {
      total.sum += times[g] * parts_[g].sum;
      total.weight += times[g] * parts_[g].weight;
    }
    if (!(total.weight > 0)) return std::nullopt;
    return total.sum / total.weight;
  }

 private:
  std::vector<Part> parts_;
};

GroupMetricResult rank_metric(RankMetricKind kind, Scores scores, Labels labels, const Groups& groups) {
  INKLING_TRY(check_points(scores, labels));
  INKLING_TRY(check_groups(groups, scores.size()));
  return GroupMetricResult(std::make_unique<RankMetric>(kind, rank(scores, labels), groups));
}

}  // namespace

GroupMetricResult auc_metric(Scores scores, Labels labels, const Groups& groups) {
  return rank_metric(RankMetricKind::kAuc, scores, labels, groups);
}

GroupMetricResult average_precision_metric(Scores scores, Labels labels, const Groups& groups) {
  return rank_metric(RankMetricKind::kAveragePrecision, scores, labels, groups);
}

GroupMetricResult gauc_metric(Scores scores, Labels labels, const Groups& groups, GroupWeight group_weight) {
  INKLING_TRY(check_points(scores, labels));
  INKLING_TRY(check_groups(groups, scores.size()));
  std::vector<RatioMetric::Part> parts(groups.count());
  const auto aucs = group_aucs(scores, labels, groups, group_weight, {});
  for (std::size_t g = 0; g < parts.size(); ++g) {
    if (aucs[g].auc) parts[g] = {aucs[g].weight * *aucs[g].auc, aucs[g].weight};
  }
  return GroupMetricResult(std::make_unique<RatioMetric>(std::move(parts)));
}

GroupMetricResult mean_metric(std::span<const double> values, const Groups& groups) {
  INKLING_TRY(check_groups(groups, values.size()));
  std::vector<RatioMetric::Part> parts(groups.count());
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (!std::isfinite(values[row])) {
      return base::invalid_input("row " + std::to_string(row) + ": the value is not a finite number.");
    }
    RatioMetric::Part& part = parts[groups.of_point(row)];
    part.sum += values[row];
    part.weight += 1;
  }
  return GroupMetricResult(std::make_unique<RatioMetric>(std::move(parts)));
}

}  // namespace inkling::eval
