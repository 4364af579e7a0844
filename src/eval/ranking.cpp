#include "eval/ranking.h"

#include <algorithm>

namespace inkling::eval {

std::vector<RankedPoint> rank(Scores scores, Labels labels) {
  std::vector<RankedPoint> points(scores.size());
  for (std::size_t row = 0; row < points.size(); ++row) {
    points[row] = {static_cast<std::uint32_t>(row), labels[row] != 0, false};
  }
  std::sort(points.begin(), points.end(), [&](const RankedPoint& a, const RankedPoint& b) {
    return scores[a.row] != scores[b.row] ? scores[a.row] > scores[b.row] : a.row < b.row;
  });
  for (std::size_t i = 0; i < points.size(); ++i) {
    points[i].ends_tie = i + 1 == points.size() || scores[points[i].row] != scores[points[i + 1].row];
  }
  return points;
}

}  // namespace inkling::eval
