// XGBoost's C interface as values that clean up after themselves and answer with a Status. Only what training needs.
//
// Ownership: a Matrix copies its rows; a Booster borrows its matrices, which must outlive it. Thread safety: one
// thread; XGBoost runs `nthread` of its own. Determinism: same settings, rows and thread count, same trees.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "forest/tree_columns.h"

namespace inkling::train {

class Matrix {
 public:
  // `values` are rows of categories.size() columns, which says of each whether it holds categories; NaN: missing.
  [[nodiscard]] static base::Result<Matrix> make(std::span<const float> values, const std::vector<bool>& categories);
  [[nodiscard]] base::Status set_labels(const std::vector<std::uint8_t>& labels);
  // For objectives that order rows within groups: how many rows each group has, in the order of the rows.
  [[nodiscard]] base::Status set_groups(const std::vector<std::uint32_t>& sizes);
  [[nodiscard]] void* handle() const { return handle_.get(); }

 private:
  struct Free {
    void operator()(void* handle) const;
  };
  std::unique_ptr<void, Free> handle_;
};

class Booster {
 public:
  using Settings = std::map<std::string, std::string>;
  [[nodiscard]] static base::Result<Booster> make(const Settings& settings, std::span<const Matrix* const> matrices);

  // Makes XGBoost's grower anew. It draws columns from a stream that no snapshot holds: what is grown behind this
  // call depends on seed and round only, whether the booster was restored before it or never stopped.
  [[nodiscard]] base::Status renew_draws();
  // Adds the tree of round `round` (0-based), grown on `train` and the labels that it has now.
  [[nodiscard]] base::Status grow(int round, const Matrix& train);
  // What the objective answers (probabilities, scores), valid until the next call. `rounds`: of the first so many
  // trees; 0: of all.
  [[nodiscard]] base::Result<std::span<const float>> predict(const Matrix& matrix, std::size_t rows,
                                                             int rounds = 0) const;
  // Everything that growing needs to go on as if never stopped.
  [[nodiscard]] base::Result<std::string> snapshot() const;
  [[nodiscard]] base::Status restore(const std::string& snapshot);
  // The first `rounds` trees, renumbered as nn::TreeTensors wants them.
  [[nodiscard]] base::Result<forest::TreeColumns> trees(int rounds) const;

 private:
  struct Free {
    void operator()(void* handle) const;
  };
  // Hands settings over and has XGBoost take them in at once.
  [[nodiscard]] base::Status configure(const Settings& settings);
  Settings settings_;
  std::unique_ptr<void, Free> handle_;
};

}  // namespace inkling::train
