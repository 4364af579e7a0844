#include "eval/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "base/core/random.h"

namespace inkling::eval {
namespace {

using base::Result;
using base::Status;
using Times = std::vector<std::uint32_t>;
using Statistic = std::function<std::optional<double>(const Times&)>;

Status check_options(const BootstrapOptions& options) {
  if (options.replicates < 10) {
    return base::invalid_input("replicates: " + std::to_string(options.replicates) + " is below 10.");
  }
  if (options.confidence > 0 && options.confidence < 1) return {};
  return base::invalid_input("confidence: " + std::to_string(options.confidence) + " is not between 0 and 1.");
}

struct Replicates {
  double value = 0;            // with every group once
  std::vector<double> sorted;  // of the replicates that have a value
};

Result<Replicates> resample(std::size_t group_count, const Statistic& statistic, std::uint64_t seed,
                            const BootstrapOptions& options) {
  INKLING_TRY(check_options(options));
  const auto value = statistic(Times(group_count, 1));
  if (!value) return base::invalid_input("the metric has no value on this data: a class is missing.");
  Replicates result{*value, {}};
  base::Random random(seed);
  Times times(group_count);
  for (std::size_t replicate = 0; replicate < options.replicates; ++replicate) {
    std::fill(times.begin(), times.end(), 0u);
    for (std::size_t draw = 0; draw < group_count; ++draw) ++times[random.below(group_count)];
    if (const auto drawn = statistic(times)) result.sorted.push_back(*drawn);
  }
  if (result.sorted.size() * 2 < options.replicates) {
    return base::invalid_input("only " + std::to_string(result.sorted.size()) + " of " +
                               std::to_string(options.replicates) +
                               " replicates have a value; there are too few groups of each class.");
  }
  std::sort(result.sorted.begin(), result.sorted.end());
  return result;
}

// Linear between neighbours.
double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

double two_sided_p(const std::vector<double>& sorted) {
  const auto up_to_zero = std::upper_bound(sorted.begin(), sorted.end(), 0.0) - sorted.begin();
  const auto from_zero = sorted.end() - std::lower_bound(sorted.begin(), sorted.end(), 0.0);
  const auto smaller = static_cast<double>(std::min(up_to_zero, from_zero));
  return std::min(1.0, 2 * (smaller + 1) / (static_cast<double>(sorted.size()) + 1));
}

}  // namespace

Result<Estimate> bootstrap(const GroupMetric& metric, std::uint64_t seed, const BootstrapOptions& options) {
  const auto statistic = [&](const Times& times) { return metric.under(times); };
  INKLING_ASSIGN(const Replicates replicates, resample(metric.group_count(), statistic, seed, options));
  const double tail = (1 - options.confidence) / 2;
  return Estimate{replicates.value, quantile(replicates.sorted, tail), quantile(replicates.sorted, 1 - tail),
                  replicates.sorted.size()};
}

Result<Difference> paired_bootstrap(const GroupMetric& first, const GroupMetric& second, std::uint64_t seed,
                                    const BootstrapOptions& options) {
  if (first.group_count() != second.group_count()) {
    return base::invalid_input("the two metrics have " + std::to_string(first.group_count()) + " and " +
                               std::to_string(second.group_count()) + " groups, but a pair needs the same.");
  }
  const auto statistic = [&](const Times& times) -> std::optional<double> {
    const auto a = first.under(times);
    const auto b = second.under(times);
    if (!a || !b) return std::nullopt;
    return *a - *b;
  };
  INKLING_ASSIGN(const Replicates replicates, resample(first.group_count(), statistic, seed, options));
  const auto& sorted = replicates.sorted;
  const double mean = std::accumulate(sorted.begin(), sorted.end(), 0.0) / static_cast<double>(sorted.size());
  const double tail = (1 - options.confidence) / 2;
  return Difference{replicates.value,    mean,         quantile(sorted, tail), quantile(sorted, 1 - tail),
                    two_sided_p(sorted), sorted.size()};
}

Result<Estimate> bootstrap_auc(Scores scores, Labels labels, const Groups& groups, std::uint64_t seed,
                               const BootstrapOptions& options) {
  INKLING_ASSIGN(const auto metric, auc_metric(scores, labels, groups));
  return bootstrap(*metric, seed, options);
}

Result<Difference> paired_bootstrap_auc(Scores first, Scores second, Labels labels, const Groups& groups,
                                        std::uint64_t seed, const BootstrapOptions& options) {
  INKLING_ASSIGN(const auto first_metric, auc_metric(first, labels, groups));
  INKLING_ASSIGN(const auto second_metric, auc_metric(second, labels, groups));
  return paired_bootstrap(*first_metric, *second_metric, seed, options);
}

}  // namespace inkling::eval
