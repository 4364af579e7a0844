#include "content/cholesky.h"

#include <cmath>
#include <utility>

namespace inkling::content {
namespace {

// Four sums side by side, so that one addition need not wait for the other.
double dot(const double* a, const double* b, std::size_t count) {
  double sums[4] = {};
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    for (std::size_t lane = 0; lane < 4; ++lane) sums[lane] += a[i + lane] * b[i + lane];
  }
  double rest = 0;
  for (; i < count; ++i) rest += a[i] * b[i];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest;
}

}  // namespace

base::Result<Cholesky> Cholesky::factor(std::vector<double> matrix, std::size_t rows) {
  for (std::size_t i = 0; i < rows; ++i) {
    double* row = matrix.data() + i * rows;
    for (std::size_t j = 0; j < i; ++j) {
      const double* other = matrix.data() + j * rows;
      row[j] = (row[j] - dot(row, other, j)) / other[j];
    }
    const double pivot = row[i] - dot(row, row, i);
    if (!(pivot > 0)) return base::invalid_input("the matrix is not positive definite");
    row[i] = std::sqrt(pivot);
  }
  Cholesky made;
  made.lower_ = std::move(matrix);
  made.rows_ = rows;
  return made;
}

std::vector<double> Cholesky::solve(std::span<const double> right) const {
  std::vector<double> x(right.begin(), right.end());
  for (std::size_t i = 0; i < rows_; ++i) {
    const double* row = lower_.data() + i * rows_;
    x[i] = (x[i] - dot(row, x.data(), i)) / row[i];
  }
  for (std::size_t i = rows_; i-- > 0;) {
    const double* row = lower_.data() + i * rows_;
    x[i] /= row[i];
    for (std::size_t j = 0; j < i; ++j) x[j] -= row[j] * x[i];
  }
  return x;
}

std::vector<double> Cholesky::inverse_diagonal() const {
  std::vector<double> diagonal(rows_), column(rows_);  // a column of L's inverse at a time
  for (std::size_t j = 0; j < rows_; ++j) {
    column[j] = 1 / lower_[j * rows_ + j];
    for (std::size_t i = j + 1; i < rows_; ++i) {
      const double* row = lower_.data() + i * rows_;
      column[i] = -dot(row + j, column.data() + j, i - j) / row[i];
    }
    diagonal[j] = dot(column.data() + j, column.data() + j, rows_ - j);
  }
  return diagonal;
}

}  // namespace inkling::content
