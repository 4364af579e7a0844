#include "eval/bucket_auc.h"

#include <limits>
#include <string>

#include "eval/auc.h"

namespace inkling::eval {
namespace {

base::Status check(std::span<const double> keys, std::size_t points, std::span<const double> edges) {
  if (keys.size() != points) {
    return base::invalid_input("keys: there are " + std::to_string(keys.size()) + " for " + std::to_string(points) +
                               " points; expected one each");
  }
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    if (!(edges[i] < edges[i + 1]))
      return base::invalid_input("edges: number " + std::to_string(i + 2) + " does not grow");
  }
  return edges.size() >= 2 ? base::Status() : base::invalid_input("edges: expected at least two");
}

}  // namespace

base::Result<std::vector<BucketAuc>> auc_by_bucket(Scores scores, Labels labels, std::span<const double> keys,
                                                   std::span<const double> edges, BucketOf of) {
  INKLING_TRY(check_points(scores, labels));
  INKLING_TRY(check(keys, scores.size(), edges));
  std::vector<BucketAuc> buckets;
  for (std::size_t b = 0; b + 1 < edges.size(); ++b) {
    BucketAuc bucket{edges[b], edges[b + 1], 0, 0, std::numeric_limits<double>::quiet_NaN()};
    std::vector<double> chosen;
    std::vector<std::uint8_t> of_chosen;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const bool inside = keys[i] >= bucket.low && keys[i] < bucket.high;
      if (!inside && (of == BucketOf::kAllPoints || labels[i] == 1)) continue;
      chosen.push_back(scores[i]);
      of_chosen.push_back(labels[i]);
      (labels[i] == 1 ? bucket.positives : bucket.negatives) += 1;
    }
    if (bucket.positives > 0 && bucket.negatives > 0) {
      INKLING_ASSIGN(bucket.auc, auc(chosen, of_chosen));
    }
    buckets.push_back(bucket);
  }
  return buckets;
}

}  // namespace inkling::eval
