// How sure a metric, or the difference of two models, is: whole groups (shoppers) are drawn again with replacement,
// as points of one shopper are not independent. Not for online experiments (src/experiment).
//
// Thread safety: pure functions; a GroupMetric is immutable. Cost: one replicate of a rank metric is O(n) over
// pre-sorted points, of a mean O(groups); 1,000 replicates of 5,000 points take well under a second. The same seed
// gives the same figures. Failure: kInvalidInput, also if under half of the replicates have a value.
// Source: percentile bootstrap (Efron and Tibshirani 1993, ch. 13), resampling clusters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "base/core/result.h"
#include "eval/auc.h"
#include "eval/groups.h"
#include "eval/points.h"

namespace inkling::eval {

// A metric made ready to be computed many times over resampled groups.
class GroupMetric {
 public:
  virtual ~GroupMetric() = default;
  [[nodiscard]] virtual std::size_t group_count() const = 0;
  // The metric if group g stood times[g] times in the data; nothing where it has no value (a class is missing).
  [[nodiscard]] virtual std::optional<double> under(std::span<const std::uint32_t> times) const = 0;
};
using GroupMetricResult = base::Result<std::unique_ptr<GroupMetric>>;

// The columns are copied. gauc_metric: the groups are those of GAUC too.
[[nodiscard]] GroupMetricResult auc_metric(Scores scores, Labels labels, const Groups& groups);
[[nodiscard]] GroupMetricResult average_precision_metric(Scores scores, Labels labels, const Groups& groups);
[[nodiscard]] GroupMetricResult gauc_metric(Scores scores, Labels labels, const Groups& groups,
                                            GroupWeight group_weight = GroupWeight::kExposures);
// The mean over points of any number: log_losses() and squared_errors() of calibration.h, or money.
[[nodiscard]] GroupMetricResult mean_metric(std::span<const double> values, const Groups& groups);

struct BootstrapOptions {
  std::size_t replicates = 1000;  // at least 10
  double confidence = 0.95;       // share of replicates inside the interval
};

struct Estimate {
  double value = 0;  // on the data as it is
  double low = 0;
  double high = 0;
  std::size_t replicates_used = 0;
};

struct Difference {
  double value = 0;  // first minus second on the data as it is
  double mean = 0;   // of the replicates
  double low = 0;
  double high = 0;
  double p_value = 1;  // two-sided: 2 (1 + replicates on the smaller side of 0) / (1 + replicates), at most 1
  std::size_t replicates_used = 0;
};

[[nodiscard]] base::Result<Estimate> bootstrap(const GroupMetric& metric, std::uint64_t seed,
                                               const BootstrapOptions& options = {});
// Both metrics see the same draws, over the same groups.
[[nodiscard]] base::Result<Difference> paired_bootstrap(const GroupMetric& first, const GroupMetric& second,
                                                        std::uint64_t seed, const BootstrapOptions& options = {});

// The commonest two, in one call.
[[nodiscard]] base::Result<Estimate> bootstrap_auc(Scores scores, Labels labels, const Groups& groups,
                                                   std::uint64_t seed, const BootstrapOptions& options = {});
[[nodiscard]] base::Result<Difference> paired_bootstrap_auc(Scores first, Scores second, Labels labels,
                                                            const Groups& groups, std::uint64_t seed,
                                                            const BootstrapOptions& options = {});

}  // namespace inkling::eval
