#include "basket/item_autoencoder.h"

#include <Eigen/Cholesky>
#include <string>

namespace inkling::basket {

base::Status item_autoencoder(std::size_t items, float lambda, std::vector<float>& gram) {
  if (gram.size() != items * items) {
    return base::invalid_input("a matrix of " + std::to_string(gram.size()) + " counts is not one of " +
                               std::to_string(items) + " items by themselves");
  }
  if (items == 0) return {};
  const auto size = static_cast<Eigen::Index>(items);
  Eigen::Map<Eigen::MatrixXf> matrix(gram.data(), size, size);  // symmetric: column-major is row-major
  matrix.diagonal().array() += lambda;
  const Eigen::LLT<Eigen::Ref<Eigen::MatrixXf>> root(matrix);
  if (root.info() != Eigen::Success) {
    return base::invalid_input("lambda " + std::to_string(lambda) +
                               " is too small for these baskets: take one above 1");
  }
  Eigen::MatrixXf inverse = Eigen::MatrixXf::Identity(size, size);
  root.solveInPlace(inverse);
  // Column x of `matrix` is row x of B in the caller's layout.
  const Eigen::VectorXf diagonal = inverse.diagonal();
  for (Eigen::Index x = 0; x < size; ++x) {
    matrix.col(x) = -inverse.col(x).cwiseQuotient(diagonal);
    matrix(x, x) = 0;
  }
  return {};
}

}  // namespace inkling::basket
