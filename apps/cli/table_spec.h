// A table spec (YAML) says what the columns of a CSV file with one row a session mean, and how to learn from it:
//
//   label: Revenue                       # the column to predict
//   positive: "TRUE"                     # what stands for yes; left out: 1, true, yes, y; no is 0, false, no, n
//   numbers: [ProductRelated, ...]       # columns that hold numbers; an empty cell, NA, NaN, null or ? is missing
//   categories: [Month, ...]             # columns that hold names
//   leave_out: [row]                     # columns that the model must not see; every column stands somewhere
//   model: gbdt
//   split: {test: 0.2, validation: 0.1}  # shares of the rows, drawn by `seed`; test 0 and folds: cross-validation
//   folds: 5
//   seed: 1
//   params: {max_depth: 4}               # the model's params.yaml
//
// Thread safety: plain values. Failure: every mistake at once, each with file, line, key and what would be right.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"

namespace inkling::cli {

struct TableSpec {
  std::string label;
  std::string positive;  // empty: the usual words
  std::vector<std::string> numbers, categories, leave_out;
  std::string model = "gbdt";
  double test_share = 0.2;
  double validation_share = 0.1;
  int folds = 0;  // 0: none
  std::uint64_t seed = 1;
  base::Json params;  // as written, and checked; null when not given
};

inline constexpr std::array<std::string_view, 10> kTableKeys = {
    "label", "positive", "numbers", "categories", "leave_out", "model", "split", "folds", "seed", "params"};
inline constexpr std::int64_t kMostFolds = 100;

// `model`, unless empty, stands above the file's.
[[nodiscard]] base::Result<TableSpec> load_table_spec(const std::string& path, const std::string& model = {});

// How a package keeps what it needs to read rows again: label, positive, numbers and categories.
[[nodiscard]] base::Json table_columns_to_json(const TableSpec& spec);
[[nodiscard]] base::Result<TableSpec> table_columns_from_json(const base::JsonView& json);

// The published JSON Schema (2020-12).
[[nodiscard]] base::Json table_schema();

}  // namespace inkling::cli
