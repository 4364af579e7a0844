// Greedy most probable set of a determinantal point process over items on a line, where only the last few that were
// chosen count: which item adds most to log det of the similarities of the window. Not for item vectors by the
// thousand columns: similarities are asked for one by one.
//
// Ownership: keeps `rows` x `window` doubles. Thread safety: one thread. Cost: choose() one similarity and about
// 3 window operations a row. Failure: none; similarities must form a positive definite matrix with 1 on its diagonal.
// Source: Chen, Zhang, Zhou, "Fast Greedy MAP Inference for Determinantal Point Process", NeurIPS 2018, algorithm 1
// and section 4. The oldest item leaves by rotations of neighbouring columns of the Cholesky factor.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace inkling::stages::rerank::dpp {

class GreedyDpp {
 public:
  // `remembered` chosen items count, 1 or more.
  GreedyDpp(std::size_t rows, std::size_t remembered)
      : rows_(rows), columns_(remembered), factors_(rows * remembered, 0.0), left_(rows, 1.0) {
    chosen_.reserve(remembered);
  }

  // det of the window with this row over det of the window; 1 before anything was chosen, near 0 for its likes.
  [[nodiscard]] double left(std::size_t row) const { return left_[row]; }

  // similarity(row, other) for two different rows.
  template <typename Similarity>
  void choose(std::size_t row, const Similarity& similarity) {
    if (chosen_.size() == columns_) forget_oldest();
    const std::size_t column = chosen_.size();
    const double diagonal = std::sqrt(left_[row]);
    for (std::size_t i = 0; i < rows_; ++i) {
      const double entry = i == row ? diagonal : (similarity(row, i) - product(row, i, column)) / diagonal;
      factor(i, column) = entry;
      left_[i] -= entry * entry;
      if (left_[i] < kLeast) left_[i] = kLeast;
    }
    chosen_.push_back(row);
  }

 private:
  static constexpr double kLeast = 1e-12;  // what rounding leaves of nothing

  double& factor(std::size_t row, std::size_t column) { return factors_[row * columns_ + column]; }

  [[nodiscard]] double product(std::size_t a, std::size_t b, std::size_t columns) const {
    double sum = 0;
    for (std::size_t c = 0; c < columns; ++c) sum += factors_[a * columns_ + c] * factors_[b * columns_ + c];
    return sum;
  }

  // Row a of the chosen ones has entries in columns 0 .. a. Without the first row each has one too many, which is
  // turned into its neighbour; what every row then has in the last column is no longer explained by the chosen.
  void forget_oldest() {
    for (std::size_t a = 1; a < chosen_.size(); ++a) {
      const double kept = factor(chosen_[a], a - 1), turned = factor(chosen_[a], a);
      rotate(a - 1, kept / std::hypot(kept, turned), turned / std::hypot(kept, turned));
    }
    const std::size_t last = chosen_.size() - 1;
    for (std::size_t i = 0; i < rows_; ++i) {
      left_[i] += factor(i, last) * factor(i, last);
      factor(i, last) = 0;
    }
    chosen_.erase(chosen_.begin());
  }

  void rotate(std::size_t column, double cosine, double sine) {
    for (std::size_t i = 0; i < rows_; ++i) {
      const double x = factor(i, column), y = factor(i, column + 1);
      factor(i, column) = cosine * x + sine * y;
      factor(i, column + 1) = cosine * y - sine * x;
    }
  }

  std::size_t rows_;
  std::size_t columns_;
  std::vector<double> factors_;      // [rows x columns], c_i of the paper
  std::vector<double> left_;         // d_i^2
  std::vector<std::size_t> chosen_;  // oldest first
};

}  // namespace inkling::stages::rerank::dpp
