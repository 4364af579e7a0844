#include "content/price_kernels.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "content/cholesky.h"

namespace inkling::content {
namespace {

using base::Result;
using base::Status;

constexpr double kLeastSpread = 1e-9;  // where all prices are one price

Status check(std::span<const PricedPost> posts) {
  if (posts.size() < PriceEstimator::kLeastPosts) {
    return base::invalid_input("posts: " + std::to_string(posts.size()) + " have a price; expected at least " +
                               std::to_string(PriceEstimator::kLeastPosts));
  }
  if (posts.size() > PriceEstimator::kMostPosts) {
    return base::too_large("posts: " + std::to_string(posts.size()) + " have a price; expected at most " +
                           std::to_string(PriceEstimator::kMostPosts) + ", take a sample");
  }
  for (const PricedPost& post : posts) {
    if (post.price_cents <= 0) {
      return base::invalid_input("price_cents: " + std::to_string(post.price_cents) + " of post " + post.id +
                                 " is no price; expected more than 0");
    }
  }
  return {};
}

// Half of the squared distances between two posts are smaller.
double median_distance(const std::vector<double>& linear, std::size_t count) {
  std::vector<double> distances;
  distances.reserve(count * (count - 1) / 2);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      distances.push_back(linear[i * count + i] + linear[j * count + j] - 2 * linear[i * count + j]);
    }
  }
  const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
  std::ranges::nth_element(distances, middle);
  return *middle;
}

}  // namespace

double product(const SparseRow& a, const SparseRow& b, std::span<const double> weights) {
  double sum = 0;
  for (auto left = a.begin(), right = b.begin(); left != a.end() && right != b.end();) {
    if (left->column == right->column) {
      sum += weights[left->column] * double{left->value} * double{right->value};
      ++left;
      ++right;
    } else if (left->column < right->column) {
      ++left;
    } else {
      ++right;
    }
  }
  return sum;
}

double likeness_at(double square_a, double square_b, double product, double fade) {
  return std::exp(-std::max(0.0, square_a + square_b - 2 * product) / fade);
}

double spread_of(std::span<const double> likeness, std::span<const double> errors, double common_square,
                 double common_posts, std::size_t left_out) {
  double weight = common_posts, squares = common_posts * common_square;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    if (i == left_out) continue;
    weight += likeness[i];
    squares += likeness[i] * errors[i] * errors[i];
  }
  return std::max(kLeastSpread, std::sqrt(squares / weight));
}

double mean_square(std::span<const double> values) {
  return std::inner_product(values.begin(), values.end(), values.begin(), 0.0) / static_cast<double>(values.size());
}

Bounds conformal_bounds(std::span<const double> sorted, double share) {
  const double places = static_cast<double>(sorted.size() + 1);
  const double tail = (1 - share) / 2 * places;  // so many of `places` may lie below, so many above
  const std::size_t below = static_cast<std::size_t>(std::max(1.0, std::floor(tail))) - 1;
  return {sorted[below], sorted[sorted.size() - 1 - below]};
}

Result<PriceKernels> PriceKernels::make(std::span<const PricedPost> posts) {
  INKLING_TRY(check(posts));
  PriceKernels made;
  made.columns_ = PostColumns::learn(posts);
  std::vector<double> logs;
  for (const PricedPost& post : posts) {
    made.rows_.push_back(made.columns_.row_of(post));
    logs.push_back(std::log(static_cast<double>(post.price_cents)));
  }
  const std::size_t count = posts.size();
  made.mean_log_ = std::accumulate(logs.begin(), logs.end(), 0.0) / static_cast<double>(count);
  for (double& value : logs) value -= made.mean_log_;
  made.deviation_ = std::max(1e-6, std::sqrt(mean_square(logs)));
  for (double& value : logs) value /= made.deviation_;
  made.targets_ = std::move(logs);
  const auto& columns = made.columns_.columns();
  for (std::uint32_t field = 0; field < made.columns_.fields().size(); ++field) {
    std::vector<double> own(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) own[i] = columns[i].field == field ? 1 : 0;
    std::vector<double> kernel(count * count);
    double squares = 0;
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j <= i; ++j) kernel[i * count + j] = product(made.rows_[i], made.rows_[j], own);
      squares += kernel[i * count + i];
    }
    made.field_squares_.push_back(squares > 0 ? squares / static_cast<double>(count) : 1);
    made.fields_.push_back(std::move(kernel));
  }
  return made;
}

std::vector<double> PriceKernels::column_weights(const PriceSettings& settings) const {
  std::vector<double> weights;
  for (const Column& column : columns_.columns()) {
    const auto told = settings.field_weights.find(columns_.fields()[column.field]);
    weights.push_back((told == settings.field_weights.end() ? PriceSettings::kFieldWeight : told->second) /
                      field_squares_[column.field]);
  }
  return weights;
}

std::vector<double> PriceKernels::linear(const PriceSettings& settings) const {
  std::vector<double> sum(rows_.size() * rows_.size());
  for (std::size_t field = 0; field < fields_.size(); ++field) {
    const auto told = settings.field_weights.find(columns_.fields()[field]);
    const double weight =
        (told == settings.field_weights.end() ? PriceSettings::kFieldWeight : told->second) / field_squares_[field];
    if (weight == 0) continue;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += weight * fields_[field][i];
  }
  return sum;
}

Result<LeftOut> PriceKernels::leave_out(const PriceSettings& settings) const {
  const std::size_t count = rows_.size();
  std::vector<double> kernel = linear(settings);
  LeftOut left;
  left.fade = std::max(1e-9, settings.like_reach * median_distance(kernel, count));
  left.likeness.resize(count * count);
  std::vector<double> squares(count);
  for (std::size_t i = 0; i < count; ++i) squares[i] = kernel[i * count + i];
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double& cell = kernel[i * count + j];
      const double like = likeness_at(squares[i], squares[j], cell, left.fade);
      left.likeness[i * count + j] = left.likeness[j * count + i] = like;
      cell += 1 + settings.like_weight * like;
    }
    kernel[i * count + i] += 1;  // what the price of one post has of its own
  }
  INKLING_ASSIGN(const Cholesky factor, Cholesky::factor(std::move(kernel), count));
  left.shares = factor.solve(targets_);
  left.errors = factor.inverse_diagonal();
  for (std::size_t i = 0; i < count; ++i) left.errors[i] = left.shares[i] / left.errors[i];
  return left;
}

}  // namespace inkling::content
