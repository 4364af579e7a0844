#include "eval/roc.h"

#include <limits>
#include <string>

#include "eval/ranking.h"

namespace inkling::eval {
namespace {

using base::Result;

// Counts of the points that score at least `threshold`.
struct Cut {
  double positives = 0;
  double negatives = 0;
  double threshold = std::numeric_limits<double>::infinity();
};

// One cut a distinct score, highest first.
Result<std::vector<Cut>> cuts_of(Scores scores, Labels labels, std::size_t max_points) {
  INKLING_TRY(check_points(scores, labels));
  if (max_points < 2) return base::invalid_input("max_points: " + std::to_string(max_points) + " is below 2.");
  std::vector<Cut> cuts;
  Cut cut;
  for (const RankedPoint& point : rank(scores, labels)) {
    (point.is_positive ? cut.positives : cut.negatives) += 1;
    if (!point.ends_tie) continue;
    cut.threshold = scores[point.row];
    cuts.push_back(cut);
  }
  if (cut.positives == 0 || cut.negatives == 0) {
    return base::invalid_input("the curve has no points: every label is the same.");
  }
  return cuts;
}

// Keeps at most max_points whose way_of (never descending) is evenly spaced, the first and the last among them.
template <typename Point, typename WayOf>
std::vector<Point> thinned(const std::vector<Point>& points, std::size_t max_points, const WayOf& way_of) {
  if (points.size() <= max_points) return points;
  const double start = way_of(points.front());
  const double step = (way_of(points.back()) - start) / static_cast<double>(max_points - 1);
  std::vector<Point> kept = {points.front()};
  for (std::size_t i = 1; i + 1 < points.size() && kept.size() + 1 < max_points; ++i) {
    if (way_of(points[i]) - start >= step * static_cast<double>(kept.size())) kept.push_back(points[i]);
  }
  kept.push_back(points.back());
  return kept;
}

}  // namespace

Result<std::vector<RocPoint>> roc_curve(Scores scores, Labels labels, std::size_t max_points) {
  INKLING_ASSIGN(const auto cuts, cuts_of(scores, labels, max_points));
  const Cut& all = cuts.back();
  std::vector<RocPoint> points = {{0, 0, std::numeric_limits<double>::infinity()}};
  for (const Cut& cut : cuts) {
    points.push_back({cut.negatives / all.negatives, cut.positives / all.positives, cut.threshold});
  }
  return thinned(points, max_points,
                 [](const RocPoint& point) { return point.false_positive_rate + point.true_positive_rate; });
}

Result<std::vector<PrecisionRecallPoint>> precision_recall_curve(Scores scores, Labels labels,
                                                                 std::size_t max_points) {
  INKLING_ASSIGN(const auto cuts, cuts_of(scores, labels, max_points));
  std::vector<PrecisionRecallPoint> points;
  for (const Cut& cut : cuts) {
    points.push_back(
        {cut.positives / cuts.back().positives, cut.positives / (cut.positives + cut.negatives), cut.threshold});
    if (cut.positives == cuts.back().positives) break;
  }
  return thinned(points, max_points, [](const PrecisionRecallPoint& point) { return point.recall; });
}

}  // namespace inkling::eval
