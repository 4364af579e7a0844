// AUC over parts of the points, told by a number each point has: by the length of a session, by the time until what
// is predicted. Thread safety: pure function. Cost: O(n log n) a bucket. Failure: kInvalidInput for bad columns or
// edges.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/core/result.h"
#include "eval/points.h"

namespace inkling::eval {

struct BucketAuc {
  double low = 0;   // keys from here
  double high = 0;  // to below here
  std::size_t positives = 0;
  std::size_t negatives = 0;
  double auc = 0;  // NaN where a class is missing
};

enum class BucketOf : std::uint8_t {
  kAllPoints,  // positives and negatives of the bucket
  kPositives,  // the bucket's positives against all negatives, whose keys do not matter
};

// `edges` grow; bucket i holds keys in [edges[i], edges[i + 1]). Points outside belong to none.
[[nodiscard]] base::Result<std::vector<BucketAuc>> auc_by_bucket(Scores scores, Labels labels,
                                                                 std::span<const double> keys,
                                                                 std::span<const double> edges, BucketOf of);

}  // namespace inkling::eval
