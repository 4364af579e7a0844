#include "eval/auc.h"

#include <array>

#include "eval/grouped_auc.h"
#include "eval/ranking.h"

namespace inkling::eval {
namespace {

using base::Result;
using base::Status;

Status missing_class(const char* metric) {
  return base::invalid_input(std::string(metric) +
                             " has no value: every point that weighs anything has the same label.");
}

auto weight_in(Weights weights) {
  return [weights](std::uint32_t row) { return weights.empty() ? 1.0 : weights[row]; };
}

std::string_view weight_name(GroupWeight weight) {
  static constexpr std::array<std::string_view, 3> kNames = {"weighted by exposures", "weighted by positives",
                                                             "every group equal"};
  return kNames[static_cast<std::size_t>(weight)];
}

// The rows of group g are rows[start[g]] .. rows[start[g + 1]].
struct RowsByGroup {
  std::vector<std::uint32_t> start;
  std::vector<std::uint32_t> rows;
};

RowsByGroup rows_by_group(const Groups& groups) {
  RowsByGroup by_group;
  by_group.start.assign(groups.count() + 1, 0);
  by_group.rows.resize(groups.point_count());
  for (std::size_t row = 0; row < groups.point_count(); ++row) ++by_group.start[groups.of_point(row) + 1];
  for (std::size_t g = 0; g < groups.count(); ++g) by_group.start[g + 1] += by_group.start[g];
  std::vector<std::uint32_t> next(by_group.start.begin(), by_group.start.end() - 1);
  for (std::size_t row = 0; row < groups.point_count(); ++row) {
    by_group.rows[next[groups.of_point(row)]++] = static_cast<std::uint32_t>(row);
  }
  return by_group;
}

}  // namespace

Result<double> auc(Scores scores, Labels labels, Weights weights) {
  INKLING_TRY(check_points(scores, labels, weights));
  if (const auto value = ranked_auc(rank(scores, labels), weight_in(weights))) return *value;
  return missing_class("AUC");
}

Result<double> average_precision(Scores scores, Labels labels, Weights weights) {
  INKLING_TRY(check_points(scores, labels, weights));
  if (const auto value = ranked_average_precision(rank(scores, labels), weight_in(weights))) return *value;
  return base::invalid_input("average precision has no value: there is no positive that weighs anything.");
}

Status check_groups(const Groups& groups, std::size_t point_count) {
  if (groups.point_count() == point_count) return {};
  return base::invalid_input(std::to_string(point_count) + " points came with " +
                             std::to_string(groups.point_count()) + " group ids.");
}

std::vector<GroupAuc> group_aucs(Scores scores, Labels labels, const Groups& groups, GroupWeight group_weight,
                                 Weights weights) {
  const RowsByGroup by_group = rows_by_group(groups);
  const auto weight_of = weight_in(weights);
  std::vector<GroupAuc> result(groups.count());
  std::vector<double> group_scores;
  std::vector<std::uint8_t> group_labels;
  for (std::size_t g = 0; g < groups.count(); ++g) {
    const std::uint32_t* rows = by_group.rows.data() + by_group.start[g];
    const std::size_t size = by_group.start[g + 1] - by_group.start[g];
    group_scores.clear();
    group_labels.clear();
    double positives = 0;
    for (std::size_t i = 0; i < size; ++i) {
      group_scores.push_back(scores[rows[i]]);
      group_labels.push_back(labels[rows[i]]);
      result[g].exposures += weight_of(rows[i]);
      if (labels[rows[i]] != 0) positives += weight_of(rows[i]);
    }
    result[g].auc = ranked_auc(rank(group_scores, group_labels), [&](std::uint32_t i) { return weight_of(rows[i]); });
    result[g].weight = group_weight == GroupWeight::kEqual       ? 1
                       : group_weight == GroupWeight::kPositives ? positives
                                                                 : result[g].exposures;
  }
  return result;
}

Result<Gauc> gauc(Scores scores, Labels labels, const Groups& groups, std::string_view group_name,
                  GroupWeight group_weight, Weights weights) {
  INKLING_TRY(check_points(scores, labels, weights));
  INKLING_TRY(check_groups(groups, scores.size()));
  Gauc result;
  double sum = 0;
  double used_weight = 0;
  double exposures = 0;
  double dropped_exposures = 0;
  for (const GroupAuc& group : group_aucs(scores, labels, groups, group_weight, weights)) {
    exposures += group.exposures;
    if (!group.auc) {
      ++result.groups_dropped;
      dropped_exposures += group.exposures;
      continue;
    }
    ++result.groups_used;
    sum += group.weight * *group.auc;
    used_weight += group.weight;
  }
  if (result.groups_used == 0) {
    return base::invalid_input("GAUC by " + std::string(group_name) + " has no value: none of the " +
                               std::to_string(groups.count()) + " groups has both classes.");
  }
  result.value = sum / used_weight;
  result.points_dropped_share = dropped_exposures / exposures;
  result.definition = "GAUC by " + std::string(group_name) + ", " + std::string(weight_name(group_weight));
  return result;
}

}  // namespace inkling::eval
