// What to learn from: when decisions are made, what is asked about the time after them, and which of them may be
// trained on. Read from the `points`, `horizons`, `more_actions` and `split` members of a training file.
//
//   points: {at: action, min_gap: 1m}      # after the shopper's actions, at most one a minute (default 5m)
//   points: {at: day_end}                  # at the end of each active day (logs with day precision)
//   horizons: [1h, 1d]                     # "purchase within ...", one target each, shortest first
//   more_actions: 5                        # asks for "so many more actions within ..." instead of a purchase
//   split: {train_until: 2013-05-31, test_from: 2013-06-16, test_until: 2013-07-01}      # whole days, inclusive
//   split: {test_fraction: 0.3}            # or: the last share of the log's events, after a gap of the longest
//   horizon split: {..., train_from: 2013-05-24}   # on the days from there on only (docs/howto/train-daily.md)
//   split: {..., validation: 0.1}          # share of shoppers held out of training for early stopping
//
// Whatever is trained on is over (labels included) before the first test point. Thread safety: plain values.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"
#include "feature/scorer.h"

namespace inkling::sample {

enum class PointRule : std::uint8_t { kAction, kDayEnd };

inline constexpr std::int64_t kUnset = -1;

struct SamplePlan {
  PointRule at = PointRule::kAction;
  std::int64_t min_gap_ms = 300'000;     // kAction
  std::vector<feature::Target> targets;  // 1..kMaxTargets, strictly longer horizons
  std::int64_t more_actions = 0;         // what a target asks for within its horizon: so many; 0: a purchase
  std::int64_t train_from_ms = kUnset;   // kUnset: the beginning of the log
  std::int64_t train_until_ms = kUnset;  // exclusive; kUnset with test_fraction
  std::int64_t test_from_ms = kUnset;
  std::int64_t test_until_ms = kUnset;  // exclusive; kUnset: the end of the log
  double test_fraction = 0.3;
  double validation_fraction = 0.1;

  [[nodiscard]] std::int64_t longest_horizon_ms() const { return targets.back().horizon_ms; }
  // Needs boundaries.
  [[nodiscard]] bool trains_on(std::int64_t ts_ms) const {
    return (train_from_ms == kUnset || ts_ms >= train_from_ms) && ts_ms < train_until_ms;
  }
};

// Days are told by `utc_offset_ms` (the blueprint's).
[[nodiscard]] base::Result<SamplePlan> sample_plan_from_json(const base::JsonView& training_file,
                                                             std::int64_t utc_offset_ms);
// How packages and shards keep a plan whose boundaries are set, and back.
[[nodiscard]] base::Json sample_plan_to_json(const SamplePlan& plan);
[[nodiscard]] base::Result<SamplePlan> sample_plan_from_stored(const base::JsonView& stored);

// "90s", "15m", "1h", "3d", "2w" in milliseconds.
[[nodiscard]] base::Result<std::int64_t> duration_ms(std::string_view text);
// The inverse, in the largest of d, h, m and s that divides: 259'200'000 -> "3d".
[[nodiscard]] std::string duration_text(std::int64_t duration_ms);
// Milliseconds of 00:00 local time of "2013-05-31".
[[nodiscard]] base::Result<std::int64_t> day_start_ms(std::string_view date, std::int64_t utc_offset_ms);

enum class Part : std::uint8_t { kTrain = 0, kValidation = 1, kTest = 2, kUnused = 3 };

// The plan with every boundary set, for a log that spans [from_ms, to_ms]. Without dates the test part begins at
// `split_ms`; kUnset: at test_fraction of the span. (replay.h finds the split by events for a log at hand.)
[[nodiscard]] base::Result<SamplePlan> with_boundaries(SamplePlan plan, std::int64_t from_ms, std::int64_t to_ms,
                                                       std::int64_t split_ms = kUnset);
// Which part a point belongs to; needs boundaries. A shopper is in validation by a hash of the id, in every run.
[[nodiscard]] Part part_of(const SamplePlan& plan, std::string_view shopper, std::int64_t point_ms);

}  // namespace inkling::sample
