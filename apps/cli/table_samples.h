// Rows of a table as the samples that every model trains on: which part each row is in, encoders fitted to the
// training part, and a shard on disk. Rows are decision points without records; a column is a statistic. Determinism:
// parts depend on seed, row and label only. Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "apps/cli/table_file.h"
#include "base/core/result.h"
#include "models/model.h"
#include "sample/build_samples.h"

namespace inkling::cli {

// The fold (0 ... folds - 1) of each row: rows of each label in an order drawn by `seed`, dealt out in turn.
[[nodiscard]] std::vector<int> draw_folds(const Table& table, int folds, std::uint64_t seed);

// Rows of `test` are the test part; of the others about `validation_share` of each label is held out.
[[nodiscard]] std::vector<sample::Part> draw_parts(const Table& table, const std::vector<bool>& test,
                                                   double validation_share, std::uint64_t seed);
// About `share` of each label's rows.
[[nodiscard]] std::vector<bool> draw_test(const Table& table, double share, std::uint64_t seed);

// Writes one shard under `folder`. The target has the label's name; models that need numbers on one scale get each
// standardised and, beside it, its quantile, so that a network can treat what is missing or far out on its own.
[[nodiscard]] base::Result<sample::SampleSet> make_table_samples(const Table& table, const std::string& label,
                                                                 const std::vector<sample::Part>& parts,
                                                                 const models::ServingModel& model,
                                                                 const std::filesystem::path& folder);

// One sentence for each column that says the same, or nothing, in every training row; no model learns from it.
[[nodiscard]] std::vector<std::string> idle_columns(const Table& table, const std::vector<sample::Part>& parts);

// A row as `blueprint` (of a package that was trained on a table with these columns) encodes it.
class RowEncoder {
 public:
  // kInvalidInput when the blueprint reads something else than columns of the table.
  [[nodiscard]] static base::Result<RowEncoder> make(const feature::BlueprintSpec& blueprint, const Table& table);
  void encode(std::span<const feature::Value> row);
  [[nodiscard]] const std::vector<float>& numbers() const { return numbers_; }
  [[nodiscard]] const std::vector<std::uint32_t>& ids() const { return ids_; }

 private:
  struct Read {
    std::size_t column = 0;
    const feature::Encoder* encoder = nullptr;
  };
  std::vector<Read> reads_;
  std::vector<float> numbers_;
  std::vector<std::uint32_t> ids_;
};

}  // namespace inkling::cli
