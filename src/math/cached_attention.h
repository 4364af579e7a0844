// Attention over products that were kept: what is left to do when rows and columns only get new factors. For somebody
// whose sequence grows by one (models/dipn/dipn_stream.h); whole sequences at once are product.h and activation.h.
//
// math::reference::f is the plain form and the specification; math::f agrees up to the order of summation and 4e-7 of
// each exp. Every vector but the rows' must be a whole number of kColumnGroup floats, so that no group is partial; a
// column whose term is -infinity counts for nothing (its factor must be finite). At least one column must count.
// Outputs overlap nothing. Thread safety: pure functions. Cost: one exp a product, in one pass where the bounds are
// small, in two where a row needs its maximum taken off; no allocation. Failure: none; wrong sizes are asserted.
#pragma once

#include <cstddef>
#include <span>

namespace inkling::math {

inline constexpr std::size_t kColumnGroup = 16;

// score_tn = row_factor_t column_factor_n product_tn + column_term_n, and A its softmax along rows.
struct ScaledScores {
  std::span<const float> products;     // [rows x columns]; the last row ends with its last entry
  std::size_t stride = 0;              // from row to row of them
  std::span<const float> bounds;       // [rows]: no product of the row is larger in magnitude
  std::span<const float> row_factors;  // [rows]
  std::span<const float> column_factors;
  std::span<const float> column_terms;

  [[nodiscard]] std::size_t rows() const { return row_factors.size(); }
  [[nodiscard]] std::size_t columns() const { return column_factors.size(); }
};

// What a row of A is made of, for callers who look at more columns than these: e_tn = 2^(log2(e) score_tn -
// shifts[t]), where a row of small scores has shift 0. weighed [rows x columns] = e_tn column_factor_n; sums[t] = sum
// of e_t.
void cached_attention_rows(const ScaledScores& scores, std::span<float> weighed, std::span<float> sums,
                           std::span<float> shifts);

// sums [columns]: the sum of A's rows; picked [columns]: row `row` of A. scratch >= kPooledRows columns.
inline constexpr std::size_t kPooledRows = 10;
void cached_attention_sums(const ScaledScores& scores, std::size_t row, std::span<float> sums,
                           std::span<float> picked, std::span<float> scratch);

// y += sum over rows t of factors_t a_t * b_t, element by element: a, b [factors.size() x y.size()].
void add_weighed_dots(std::span<const float> factors, std::span<const float> a, std::span<const float> b,
                      std::span<float> y);

// y[j * stride] = row j of rows . x, for as many rows [rows x x.size()] as there are.
void row_dots(std::span<const float> rows, std::span<const float> x, std::span<float> y, std::size_t stride);

// y_j = sum_i weights_i tanh(k_ji + g_i) from exp_keys = exp(2 k) [y.size() x weights.size()] and exp_shift = exp(2
// g): one division in place of a curve. Right to 4e-7 of the sum of |weights| as long as both are within e^-80 and
// e^80.
void tanh_dots_of_exps(std::span<const float> exp_keys, std::span<const float> exp_shift,
                       std::span<const float> weights, std::span<float> y);

namespace reference {

void cached_attention_rows(const ScaledScores& scores, std::span<float> weighed, std::span<float> sums,
                           std::span<float> shifts);
void cached_attention_sums(const ScaledScores& scores, std::size_t row, std::span<float> sums,
                           std::span<float> picked, std::span<float> scratch);
void add_weighed_dots(std::span<const float> factors, std::span<const float> a, std::span<const float> b,
                      std::span<float> y);
void row_dots(std::span<const float> rows, std::span<const float> x, std::span<float> y, std::size_t stride);
void tanh_dots_of_exps(std::span<const float> exp_keys, std::span<const float> exp_shift,
                       std::span<const float> weights, std::span<float> y);

}  // namespace reference
}  // namespace inkling::math
