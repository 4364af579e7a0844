#include "content/price_estimate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "content/price_kernels.h"

namespace inkling::content {
namespace {

using base::Result;

constexpr double kNotFar = 0.98;
constexpr double kWeightSteps[] = {0, 0.03, 0.1, 0.3, 1, 3};
constexpr double kReachSteps[] = {0.25, 0.5, 1};
constexpr double kSpreadSteps[] = {2, 5, 10, 20, 50, 200};
constexpr int kRounds = 2;

constexpr double kMostLog = 40;  // of a price or a move: no amount of money

std::int64_t cents_of(double log_price) {
  return static_cast<std::int64_t>(std::llround(std::exp(std::clamp(log_price, 0.0, kMostLog))));
}

double factor_of(double move) {
  return std::exp(std::clamp(move, -kMostLog, kMostLog));
}

double mean_size(std::span<const double> errors) {
  double sum = 0;
  for (const double error : errors) sum += std::abs(error);
  return sum / static_cast<double>(errors.size());
}

std::vector<double> sorted_shares(const LeftOut& left, double common_posts) {
  const std::size_t count = left.errors.size();
  const double common = mean_square(left.errors);
  std::vector<double> shares(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::span<const double> likeness(left.likeness.data() + i * count, count);
    shares[i] = left.errors[i] / spread_of(likeness, left.errors, common, common_posts, i);
  }
  std::ranges::sort(shares);
  return shares;
}

// Mean width of the intervals of posts left out, in standard deviations of the logarithm.
double mean_width(const LeftOut& left, double common_posts) {
  const std::size_t count = left.errors.size();
  const double common = mean_square(left.errors);
  double spreads = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::span<const double> likeness(left.likeness.data() + i * count, count);
    spreads += spread_of(likeness, left.errors, common, common_posts, i);
  }
  const Bounds bounds = conformal_bounds(sorted_shares(left, common_posts), kInside);
  return spreads / static_cast<double>(count) * (bounds.high - bounds.low);
}

// Tries settings one at a time and keeps what makes the posts left out better estimated.
class Search {
 public:
  explicit Search(const PriceKernels& kernels) : kernels_(kernels) { best_ = error_of(settings_); }

  void try_values(double PriceSettings::*member, std::span<const double> values) {
    try_each(values, [member](PriceSettings& settings) -> double& { return settings.*member; });
  }
  void try_field(const std::string& field) {
    try_each(kWeightSteps, [&field](PriceSettings& settings) -> double& {
      return settings.field_weights.try_emplace(field, PriceSettings::kFieldWeight).first->second;
    });
  }
  [[nodiscard]] const PriceSettings& settings() const { return settings_; }

 private:
  // Steps from the present value upwards and downwards, on as long as it helps.
  template <class Place>
  void try_each(std::span<const double> values, const Place& place) {
    const auto start = std::ranges::lower_bound(values, place(settings_)) - values.begin();
    for (const std::ptrdiff_t step : {1, -1}) {
      for (std::ptrdiff_t at = start + step; at >= 0 && at < std::ssize(values); at += step) {
        PriceSettings tried = settings_;
        place(tried) = values[static_cast<std::size_t>(at)];
        const double error = error_of(tried);
        if (error >= best_) break;
        best_ = error;
        settings_ = std::move(tried);
      }
    }
  }
  [[nodiscard]] double error_of(const PriceSettings& settings) const {
    const auto left = kernels_.leave_out(settings);
    return left.ok() ? mean_size(left->errors) : std::numeric_limits<double>::infinity();
  }

  const PriceKernels& kernels_;
  PriceSettings settings_;
  double best_ = 0;
};

}  // namespace

Quote judge(const Estimate& estimate, std::int64_t quote_cents) {
  if (quote_cents < estimate.far_low_cents) return Quote::kFarBelow;
  if (quote_cents > estimate.far_high_cents) return Quote::kFarAbove;
  if (quote_cents < estimate.low_cents) return Quote::kLow;
  return quote_cents > estimate.high_cents ? Quote::kHigh : Quote::kUsual;
}

Result<PriceSettings> PriceEstimator::choose(std::span<const PricedPost> posts) {
  INKLING_ASSIGN(const PriceKernels kernels, PriceKernels::make(posts));
  Search search(kernels);
  for (int round = 0; round < kRounds; ++round) {
    for (const std::string& field : kernels.columns().fields()) search.try_field(field);
    search.try_values(&PriceSettings::like_weight, kWeightSteps);
    search.try_values(&PriceSettings::like_reach, kReachSteps);
  }
  PriceSettings settings = search.settings();
  INKLING_ASSIGN(const LeftOut left, kernels.leave_out(settings));
  double narrowest = std::numeric_limits<double>::infinity();
  for (const double posts_worth : kSpreadSteps) {
    const double width = mean_width(left, posts_worth);
    if (width >= narrowest) continue;
    narrowest = width;
    settings.spread_posts = posts_worth;
  }
  return settings;
}

Result<PriceEstimator> PriceEstimator::learn(std::span<const PricedPost> posts, PriceSettings settings) {
  INKLING_ASSIGN(const PriceKernels kernels, PriceKernels::make(posts));
  INKLING_ASSIGN(LeftOut left, kernels.leave_out(settings));
  PriceEstimator made;
  made.columns_ = kernels.columns();
  made.column_weights_ = kernels.column_weights(settings);
  made.rows_ = kernels.rows();
  made.fade_ = left.fade;
  made.shares_ = sorted_shares(left, settings.spread_posts);
  const double deviation = kernels.deviation();
  made.column_moves_.resize(made.column_weights_.size());
  made.base_log_ = kernels.mean_log();
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const double share = deviation * left.shares[i];
    made.base_log_ += share;
    made.like_shares_.push_back(share * settings.like_weight);
    made.errors_.push_back(deviation * left.errors[i]);
    for (const Cell& cell : made.rows_[i]) {
      made.column_moves_[cell.column] += share * made.column_weights_[cell.column] * double{cell.value};
    }
    made.ids_.push_back(posts[i].id);
    made.prices_cents_.push_back(posts[i].price_cents);
  }
  made.settings_ = std::move(settings);
  made.complete();
  return made;
}

void PriceEstimator::complete() {
  common_square_ = mean_square(errors_);
  row_squares_.clear();
  for (const SparseRow& row : rows_) row_squares_.push_back(product(row, row, column_weights_));
}

std::vector<double> PriceEstimator::likeness_to(const SparseRow& row) const {
  const double square = product(row, row, column_weights_);
  std::vector<double> likeness;
  likeness.reserve(rows_.size());
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    likeness.push_back(likeness_at(square, row_squares_[i], product(row, rows_[i], column_weights_), fade_));
  }
  return likeness;
}

void PriceEstimator::add_moves(const SparseRow& row, std::vector<OptionMove>& moves) const {
  std::map<std::uint32_t, double> numbers;  // all columns of a number are one move
  for (const Cell& cell : row) {
    const Column& column = columns_.columns()[cell.column];
    const double move = column_moves_[cell.column] * double{cell.value};
    const std::string& field = columns_.fields()[column.field];
    if (column.kind == ColumnKind::kNumber) {
      numbers[column.field] += move;
    } else {
      moves.push_back({field, column.kind == ColumnKind::kNotTold ? "not told" : column.value, factor_of(move)});
    }
  }
  for (const auto& [field, move] : numbers) moves.push_back({columns_.fields()[field], "", factor_of(move)});
  std::ranges::stable_sort(moves, std::greater(),
                           [](const OptionMove& move) { return std::abs(std::log(move.factor)); });
  if (moves.size() > kMoves) moves.resize(kMoves);
}

Estimate PriceEstimator::estimate(const PricedPost& post) const {
  const SparseRow row = columns_.row_of(post);
  const std::vector<double> likeness = likeness_to(row);
  double middle = base_log_;
  for (const Cell& cell : row) middle += column_moves_[cell.column] * double{cell.value};
  for (std::size_t i = 0; i < likeness.size(); ++i) middle += like_shares_[i] * likeness[i];
  const double spread = spread_of(likeness, errors_, common_square_, settings_.spread_posts, errors_.size());
  const Bounds inside = conformal_bounds(shares_, kInside), not_far = conformal_bounds(shares_, kNotFar);
  Estimate answer;
  answer.low_cents = cents_of(middle + spread * inside.low);
  answer.middle_cents = cents_of(middle);
  answer.high_cents = cents_of(middle + spread * inside.high);
  answer.far_low_cents = cents_of(middle + spread * not_far.low);
  answer.far_high_cents = cents_of(middle + spread * not_far.high);
  add_moves(row, answer.moves);
  std::vector<std::size_t> order(likeness.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const std::size_t shown = std::min(kLikePosts, order.size());
  std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(shown), std::greater(),
                            [&](std::size_t i) { return likeness[i]; });
  for (std::size_t i = 0; i < shown; ++i) {
    answer.like_posts.push_back({ids_[order[i]], likeness[order[i]], prices_cents_[order[i]]});
  }
  return answer;
}

}  // namespace inkling::content
