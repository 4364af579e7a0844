// The posts that a price estimator learns from, as kernels between each two of them, and how well a choice of weights
// estimates each from the others. Within src/content; what is learnt is price_estimate.h's.
//
// Thread safety: const after make(). Memory: posts² doubles for each field. Failure: those of price_estimate.h.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "content/post_columns.h"
#include "content/price_estimate.h"

namespace inkling::content {

struct LeftOut {
  std::vector<double> shares;    // what each post adds: the solution for all posts, in standard deviations
  std::vector<double> errors;    // of each post by the others, in standard deviations
  std::vector<double> likeness;  // between each two posts, row by row
  double fade = 1;
};

class PriceKernels {
 public:
  [[nodiscard]] static base::Result<PriceKernels> make(std::span<const PricedPost> posts);

  [[nodiscard]] base::Result<LeftOut> leave_out(const PriceSettings& settings) const;
  // Of each column in the linear kernel.
  [[nodiscard]] std::vector<double> column_weights(const PriceSettings& settings) const;

  [[nodiscard]] const PostColumns& columns() const { return columns_; }
  [[nodiscard]] const std::vector<SparseRow>& rows() const { return rows_; }
  [[nodiscard]] double mean_log() const { return mean_log_; }
  [[nodiscard]] double deviation() const { return deviation_; }  // of the logarithms

 private:
  [[nodiscard]] std::vector<double> linear(const PriceSettings& settings) const;

  PostColumns columns_;
  std::vector<SparseRow> rows_;
  std::vector<std::vector<double>> fields_;  // posts x posts each
  std::vector<double> field_squares_;        // a post's mean square in the field's columns
  std::vector<double> targets_;
  double mean_log_ = 0;
  double deviation_ = 1;
};

inline constexpr double kInside = 0.80;  // of prices, in an estimate's interval

// The weighted product of two rows; `weights` by column.
[[nodiscard]] double product(const SparseRow& a, const SparseRow& b, std::span<const double> weights);

[[nodiscard]] double likeness_at(double square_a, double square_b, double product, double fade);

// The size of error that the posts most like it lead to expect; `left_out` is not counted (none: errors.size()).
[[nodiscard]] double spread_of(std::span<const double> likeness, std::span<const double> errors, double common_square,
                               double common_posts, std::size_t left_out);

[[nodiscard]] double mean_square(std::span<const double> values);

// Between which values of a sorted list the share lies, with the sample's size counted in (conformal quantiles).
struct Bounds {
  double low = 0, high = 0;
};
[[nodiscard]] Bounds conformal_bounds(std::span<const double> sorted, double share);

}  // namespace inkling::content
