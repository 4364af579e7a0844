// What an estimator learnt, as arrays and back, and how well it does on the posts that taught it.
#include <algorithm>
#include <cmath>
#include <utility>

#include "content/price_arrays.h"
#include "content/price_estimate.h"
#include "content/price_kernels.h"

namespace inkling::content {
namespace {

using base::Result;

std::vector<std::string> texts_of(const TextArray& array) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < array.size(); ++i) texts.emplace_back(array[i]);
  return texts;
}

PostColumns columns_of(const PriceArrays& arrays) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < arrays.column_kind.size(); ++i) {
    columns.push_back({arrays.column_field[i], static_cast<ColumnKind>(arrays.column_kind[i]),
                       std::string(arrays.column_value[i])});
  }
  std::vector<NumberScale> scales(arrays.scale_mean.size());
  for (std::size_t i = 0; i < scales.size(); ++i) {
    scales[i].mean = arrays.scale_mean[i];
    scales[i].deviation = arrays.scale_deviation[i];
    std::copy_n(arrays.scale_quartiles.begin() + static_cast<std::ptrdiff_t>(i * kBends), kBends,
                scales[i].quartiles);
  }
  return PostColumns::over(texts_of(arrays.field), std::move(columns), scales);
}

void put_columns(const PostColumns& columns, PriceArrays& arrays) {
  for (const std::string& field : columns.fields()) arrays.field.push(field);
  for (const Column& column : columns.columns()) {
    arrays.column_field.push_back(column.field);
    arrays.column_kind.push_back(static_cast<std::uint8_t>(column.kind));
    arrays.column_value.push(column.value);
  }
  for (const NumberScale& scale : columns.scales()) {
    arrays.scale_mean.push_back(scale.mean);
    arrays.scale_deviation.push_back(scale.deviation);
    arrays.scale_quartiles.insert(arrays.scale_quartiles.end(), std::begin(scale.quartiles),
                                  std::end(scale.quartiles));
  }
}

// Without the element that is `value`, once.
std::vector<double> without(std::vector<double> sorted, double value) {
  sorted.erase(std::ranges::lower_bound(sorted, value));
  return sorted;
}

bool holds(const Bounds& bounds, double value) {
  return bounds.low <= value && value <= bounds.high;
}

// Gathers one way of saying intervals.
class Gathered {
 public:
  void add(const Bounds& logs, bool is_inside) {
    inside_ += is_inside ? 1 : 0;
    widths_.push_back(std::exp(logs.high) - std::exp(logs.low));
  }
  [[nodiscard]] LeftOutFigures::Side side() {
    const auto count = static_cast<double>(widths_.size());
    double sum = 0;
    for (const double width : widths_) sum += width;
    const auto middle = widths_.begin() + static_cast<std::ptrdiff_t>(widths_.size() / 2);
    std::ranges::nth_element(widths_, middle);
    return {static_cast<double>(inside_) / count, sum / count, *middle};
  }

 private:
  std::size_t inside_ = 0;
  std::vector<double> widths_;
};

}  // namespace

PriceArrays PriceEstimator::arrays() const {
  PriceArrays arrays;
  put_columns(columns_, arrays);
  arrays.column_weight = column_weights_;
  arrays.column_move = column_moves_;
  for (const std::string& id : ids_) arrays.post_id.push(id);
  arrays.post_price_cents = prices_cents_;
  arrays.post_like_share = like_shares_;
  arrays.post_error = errors_;
  arrays.row_start = {0};
  for (const SparseRow& row : rows_) {
    for (const Cell& cell : row) {
      arrays.row_column.push_back(cell.column);
      arrays.row_value.push_back(cell.value);
    }
    arrays.row_start.push_back(static_cast<std::uint32_t>(arrays.row_column.size()));
  }
  arrays.share = shares_;
  arrays.base_log = {base_log_};
  arrays.fade = {fade_};
  return arrays;
}

Result<PriceEstimator> PriceEstimator::over(const PriceArrays& arrays, PriceSettings settings) {
  INKLING_TRY(check_arrays(arrays));
  PriceEstimator made;
  made.columns_ = columns_of(arrays);
  made.settings_ = std::move(settings);
  made.column_weights_ = arrays.column_weight;
  made.column_moves_ = arrays.column_move;
  made.ids_ = texts_of(arrays.post_id);
  made.prices_cents_ = arrays.post_price_cents;
  made.like_shares_ = arrays.post_like_share;
  made.errors_ = arrays.post_error;
  for (std::size_t post = 0; post < made.ids_.size(); ++post) {
    SparseRow& row = made.rows_.emplace_back();
    for (std::size_t i = arrays.row_start[post]; i < arrays.row_start[post + 1]; ++i) {
      row.push_back({arrays.row_column[i], arrays.row_value[i]});
    }
  }
  made.shares_ = arrays.share;
  made.base_log_ = arrays.base_log.front();
  made.fade_ = arrays.fade.front();
  made.complete();
  return made;
}

LeftOutFigures PriceEstimator::left_out() const {
  std::vector<double> spreads, shares, logs;
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    spreads.push_back(spread_of(likeness_to(rows_[i]), errors_, common_square_, settings_.spread_posts, i));
    shares.push_back(errors_[i] / spreads[i]);
    logs.push_back(std::log(static_cast<double>(prices_cents_[i])));
  }
  std::vector<double> sorted_shares = shares, sorted_logs = logs;
  std::ranges::sort(sorted_shares);
  std::ranges::sort(sorted_logs);
  Gathered estimated, quantiles;
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    const Bounds inside = conformal_bounds(without(sorted_shares, shares[i]), kInside);
    const double middle = logs[i] - errors_[i];
    estimated.add({middle + spreads[i] * inside.low, middle + spreads[i] * inside.high}, holds(inside, shares[i]));
    const Bounds of_all = conformal_bounds(without(sorted_logs, logs[i]), kInside);
    quantiles.add(of_all, holds(of_all, logs[i]));
  }
  return {estimated.side(), quantiles.side()};
}

}  // namespace inkling::content
