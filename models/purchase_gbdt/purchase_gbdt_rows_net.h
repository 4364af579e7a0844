// Sample shards as the dense rows that XGBoost takes. Reads statistics and labels only; sequence views, where shards
// have them, are left alone. Thread safety: plain values. Memory: four bytes a row and column.
#pragma once

#include <cstdint>
#include <vector>

#include "base/core/result.h"
#include "sample/build_samples.h"

namespace inkling::models::purchase_gbdt {

struct Rows {
  std::vector<float> values;                      // [count x columns]; NaN: missing
  std::vector<std::vector<std::uint8_t>> labels;  // per target, 0 or 1
  std::size_t count = 0;
};

struct TrainingRows {
  Rows train, validation;
  std::size_t columns = 0;
  std::vector<bool> categories;  // per column
};

[[nodiscard]] base::Result<TrainingRows> read_rows(const sample::SampleSet& samples);

}  // namespace inkling::models::purchase_gbdt
