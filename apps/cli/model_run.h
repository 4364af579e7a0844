// What one training of a suite left behind: everything that its report and its comparisons need, kept as one JSON
// file so that a stopped suite goes on where it was. Thread safety: plain values. Failure of reading: kCorrupt or
// kInvalidInput; whoever reads then runs it again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"
#include "train/training_half.h"

namespace inkling::cli {

// One number or label a test point in each column, the same points in the same order for all models of a seed.
struct RunPoints {
  std::vector<std::uint64_t> shopper;  // hashes
  std::vector<std::int64_t> ts_ms;
  std::vector<double> session_records;      // by then
  std::vector<double> minutes_to_purchase;  // NaN: none follows
};

struct RunTarget {
  std::string name;
  std::vector<std::uint8_t> labels;
  std::vector<double> probs;
};

struct RunCost {
  double train_seconds = 0;
  double samples_per_second = 0;  // the median epoch's
  std::int64_t train_points = 0;
  std::int64_t package_bytes = 0;
  double score_us = 0;  // median, with a memory that has caught up
};

// A view's weights at one decision point; empty where the model has none.
struct RunAttention {
  std::string view;
  std::size_t rows = 0;
  std::vector<double> intra;                                 // [rows]
  std::vector<double> inter;                                 // [rows x columns]
  std::vector<std::pair<std::string, std::size_t>> columns;  // whose, and how many of each
};
struct RunSession {
  bool bought = false;  // within the first horizon
  double prob = 0;
  std::vector<RunAttention> views;
};

struct ModelRun {
  std::string inputs;  // a hash of all that it depends on
  std::string model;
  std::uint64_t seed = 0;
  std::string package;
  RunPoints points;
  std::vector<RunTarget> targets;
  std::vector<train::EpochReport> epochs;
  RunCost cost;
  std::vector<RunSession> sessions;
};

[[nodiscard]] base::Json model_run_to_json(const ModelRun& run);
[[nodiscard]] base::Result<ModelRun> model_run_from_json(const base::JsonView& json);

}  // namespace inkling::cli
