// A symmetric positive definite matrix as L Lᵀ (by Eigen), to solve with it and to know the diagonal of its inverse.
// For some thousand rows at most.
//
// Thread safety: const after factor(). Cost: n³/6 multiplications to factor, three times that for inverse_diagonal(),
// which needs another matrix of the same size for a moment.
// Failure: factor() answers kInvalidInput where the matrix is not positive definite.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/core/result.h"

namespace inkling::content {

class Cholesky {
 public:
  // `matrix`: rows x rows, row by row; only the part on and below the diagonal is read.
  [[nodiscard]] static base::Result<Cholesky> factor(std::vector<double> matrix, std::size_t rows);

  // x of A x = `right`.
  [[nodiscard]] std::vector<double> solve(std::span<const double> right) const;
  [[nodiscard]] std::vector<double> inverse_diagonal() const;

 private:
  std::vector<double> lower_;
  std::size_t rows_ = 0;
};

}  // namespace inkling::content
