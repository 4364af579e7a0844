#include "content/cholesky.h"

#include <Eigen/Cholesky>
#include <utility>

namespace inkling::content {
namespace {

using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Map<const Rows> as_matrix(const std::vector<double>& values, std::size_t rows) {
  const auto side = static_cast<Eigen::Index>(rows);
  return {values.data(), side, side};
}

}  // namespace

base::Result<Cholesky> Cholesky::factor(std::vector<double> matrix, std::size_t rows) {
  const auto side = static_cast<Eigen::Index>(rows);
  Eigen::Map<Rows> values(matrix.data(), side, side);
  const Eigen::LLT<Eigen::Ref<Rows>> factor(values);  // in place
  if (factor.info() != Eigen::Success) return base::invalid_input("the matrix is not positive definite");
  Cholesky made;
  made.lower_ = std::move(matrix);
  made.rows_ = rows;
  return made;
}

std::vector<double> Cholesky::solve(std::span<const double> right) const {
  std::vector<double> solution(right.begin(), right.end());
  Eigen::Map<Eigen::VectorXd> x(solution.data(), static_cast<Eigen::Index>(rows_));
  const auto lower = as_matrix(lower_, rows_).triangularView<Eigen::Lower>();
  lower.solveInPlace(x);
  lower.transpose().solveInPlace(x);
  return solution;
}

std::vector<double> Cholesky::inverse_diagonal() const {
  const auto side = static_cast<Eigen::Index>(rows_);
  Eigen::MatrixXd inverse = Eigen::MatrixXd::Identity(side, side);  // of L, then its columns' squares
  as_matrix(lower_, rows_).triangularView<Eigen::Lower>().solveInPlace(inverse);
  std::vector<double> diagonal(rows_);
  Eigen::Map<Eigen::VectorXd>(diagonal.data(), side) = inverse.colwise().squaredNorm();
  return diagonal;
}

}  // namespace inkling::content
