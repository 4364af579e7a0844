// What a post like this one costs: an interval that holds four of five prices, why, and whether a quote lies far
// outside. Learnt from posts with prices of one kind (hotels, moves of flats); not for promotions (src/offer).
//
// The logarithm of the price is a sum of what each option moves and of what like posts cost beyond that: a Gaussian
// process with a linear kernel for each field and one of likeness over all of them. How sure it is, is measured, not
// assumed: each post is estimated by a model without it (leave-one-out, in closed form), its error is divided by the
// errors of the posts most like it, and the interval reaches to the quantiles of these shares (jackknife conformal
// prediction). Source: Rasmussen and Williams, Gaussian Processes for Machine Learning, 5.4.2 (leave-one-out);
// Barber et al., Predictive inference with the jackknife+, 2021; Lei et al., Distribution-free predictive inference
// for regression, 2018, 5.2 (errors divided by their local size).
//
// Ownership: owns all; an Estimate owns its texts. Thread safety: const after learn(), so any number of threads.
// Cost: learn() n³/3 multiplications, choose() some fifty times that; an estimate is linear in the cells of all
// posts. Failure: fewer than kLeastPosts, more than kMostPosts, a price that is not positive: kInvalidInput,
// kTooLarge.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "content/post_columns.h"
#include "content/priced_post.h"

namespace inkling::content {

struct PriceSettings {
  static constexpr double kFieldWeight = 0.3;
  std::map<std::string, double> field_weights;  // of PostColumns::fields(), >= 0; a field not named: kFieldWeight
  double like_weight = 0.3;                     // >= 0
  double like_reach = 0.5;                      // > 0: share of the median distance at which likeness fades
  double spread_posts = 20;  // > 0: how many posts' worth the common spread counts beside like posts
};

struct OptionMove {
  std::string field;  // as in PostColumns::fields()
  std::string value;  // "" for numbers, "not told" where the post does not tell
  double factor = 1;  // 1.2: a fifth dearer than without
};

struct LikePost {
  std::string id;
  double likeness = 0;  // 0 to 1
  std::int64_t price_cents = 0;
};

struct Estimate {
  std::int64_t low_cents = 0, middle_cents = 0, high_cents = 0;  // four of five prices lie from low to high
  std::int64_t far_low_cents = 0, far_high_cents = 0;            // 98 of 100 lie inside
  std::vector<OptionMove> moves;                                 // the strongest first, at most kMoves
  std::vector<LikePost> like_posts;                              // the most like first, at most kLikePosts
};

enum class Quote : std::uint8_t { kUsual, kLow, kHigh, kFarBelow, kFarAbove };
[[nodiscard]] Quote judge(const Estimate& estimate, std::int64_t quote_cents);

// How well the posts that taught an estimator are estimated, each by a model without it, beside an interval that is
// the same for all: from the 10 % to the 90 % quantile of the others' prices.
struct LeftOutFigures {
  struct Side {
    double coverage = 0;  // share of the posts whose price lies inside
    double mean_width_cents = 0;
    double median_width_cents = 0;
  };
  Side estimated, quantiles;
};

struct PriceArrays;

class PriceEstimator {
 public:
  static constexpr std::size_t kLeastPosts = 20;
  static constexpr std::size_t kMostPosts = 3000;
  static constexpr std::size_t kMoves = 8;
  static constexpr std::size_t kLikePosts = 5;

  // The settings under which posts left out are estimated best, found by steps from the defaults.
  [[nodiscard]] static base::Result<PriceSettings> choose(std::span<const PricedPost> posts);
  [[nodiscard]] static base::Result<PriceEstimator> learn(std::span<const PricedPost> posts, PriceSettings settings);

  [[nodiscard]] Estimate estimate(const PricedPost& post) const;
  [[nodiscard]] std::size_t posts() const { return ids_.size(); }
  [[nodiscard]] const PriceSettings& settings() const { return settings_; }
  // Cost: as many estimates as there are posts.
  [[nodiscard]] LeftOutFigures left_out() const;

  // All that was learnt, and an estimator of it, whose estimates are the same to the bit. kCorrupt that names the
  // tensor (price_arrays.h).
  [[nodiscard]] PriceArrays arrays() const;
  [[nodiscard]] static base::Result<PriceEstimator> over(const PriceArrays& arrays, PriceSettings settings);

 private:
  // What follows from the rest.
  void complete();
  [[nodiscard]] std::vector<double> likeness_to(const SparseRow& row) const;
  void add_moves(const SparseRow& row, std::vector<OptionMove>& moves) const;

  PostColumns columns_;
  PriceSettings settings_;
  std::vector<double> column_weights_;  // in the linear kernel
  std::vector<double> column_moves_;    // of the logarithm
  std::vector<SparseRow> rows_;
  std::vector<double> row_squares_;  // of the linear kernel's diagonal
  std::vector<double> like_shares_;  // what each post's likeness adds to the logarithm
  std::vector<double> errors_;       // left out, of the logarithm
  std::vector<double> shares_;       // errors over spreads, sorted
  std::vector<std::string> ids_;
  std::vector<std::int64_t> prices_cents_;
  double base_log_ = 0;
  double fade_ = 1;  // the squared distance at which likeness is 1/e
  double common_square_ = 0;
};

}  // namespace inkling::content
