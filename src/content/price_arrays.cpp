#include "content/price_arrays.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <span>

#include "base/core/utf8.h"
#include "content/post_columns.h"
#include "content/price_estimate.h"

namespace inkling::content {
namespace {

using base::Status;

// So wide that nothing learnt comes near, so narrow that sums of products stay finite.
constexpr double kMostValue = 1e30, kMostWeight = 1e12, kMostNumber = 1e18, kMostLog = 1e3;
constexpr std::array<std::string_view, 4> kPrefixes = {kChoicePrefix, kWordPrefix, kNumberPrefix, kNumberPrefix};

Status damaged(std::string_view tensor, const std::string& complaint) {
  return base::corrupt("tensor \"" + std::string(tensor) + "\": " + complaint);
}

Status at(std::string_view tensor, std::size_t place, const std::string& complaint) {
  return damaged(tensor, "element " + std::to_string(place) + " " + complaint);
}

template <typename List>
Status check_size(std::string_view tensor, const List& list, std::size_t expected) {
  if (list.size() == expected) return {};
  return damaged(tensor, "has " + std::to_string(list.size()) + " elements; expected " + std::to_string(expected));
}

Status check_starts(std::string_view tensor, std::span<const std::uint32_t> starts, std::size_t end) {
  if (starts.empty() || starts.front() != 0) return damaged(tensor, "does not begin with 0");
  if (!std::ranges::is_sorted(starts)) return damaged(tensor, "does not rise");
  if (starts.back() == end) return {};
  return damaged(tensor, "ends at " + std::to_string(starts.back()) + "; expected " + std::to_string(end));
}

Status check_texts(const std::string& name, const TextArray& texts) {
  INKLING_TRY(check_starts(name + ".start", texts.start, texts.bytes.size()));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!base::valid_utf8(texts[i])) return at(name + ".bytes", i, "is not UTF-8");
  }
  return {};
}

template <typename Value>
Status check_values(std::string_view tensor, const std::vector<Value>& values, double low, double high) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = static_cast<double>(values[i]);
    if (!(value >= low && value <= high)) return at(tensor, i, "is out of range");  // so are those that are no number
  }
  return {};
}

Status check_fields(const PriceArrays& arrays) {
  INKLING_TRY(check_texts("field", arrays.field));
  std::set<std::string_view> met;
  for (std::size_t i = 0; i < arrays.field.size(); ++i) {
    if (!met.insert(arrays.field[i]).second) return at("field.bytes", i, "stands there twice");
  }
  return {};
}

// The columns of one number from `first` on.
Status check_number(const PriceArrays& arrays, std::size_t first, std::set<std::uint32_t>& numbers) {
  const std::uint32_t field = arrays.column_field[first];
  if (!numbers.insert(field).second) return at("column.field", first, "is a number that stands there twice");
  if (arrays.column_kind.size() - first < kNumberColumns) return damaged("column.kind", "ends within a number");
  for (std::size_t i = first; i < first + kNumberColumns; ++i) {
    const bool is_last = i + 1 == first + kNumberColumns;
    const ColumnKind expected = is_last ? ColumnKind::kNotTold : ColumnKind::kNumber;
    if (arrays.column_kind[i] != static_cast<std::uint8_t>(expected)) return at("column.kind", i, "breaks a number");
    if (arrays.column_field[i] != field) return at("column.field", i, "breaks a number");
  }
  return {};
}

Status check_column(const PriceArrays& arrays, std::size_t i) {
  const std::size_t kind = arrays.column_kind[i];
  if (kind >= kPrefixes.size()) return at("column.kind", i, "is none");
  if (arrays.column_field[i] >= arrays.field.size()) return at("column.field", i, "is no field");
  if (arrays.field[arrays.column_field[i]].starts_with(kPrefixes[kind])) return {};
  return at("column.kind", i, "is not its field's");
}

Status check_column_sizes(const PriceArrays& arrays) {
  const std::size_t count = arrays.column_kind.size();
  INKLING_TRY(check_size("column.field", arrays.column_field, count));
  INKLING_TRY(check_texts("column.value", arrays.column_value));
  INKLING_TRY(check_size("column.value.start", arrays.column_value, count));
  INKLING_TRY(check_size("column.weight", arrays.column_weight, count));
  INKLING_TRY(check_size("column.move", arrays.column_move, count));
  INKLING_TRY(check_values("column.weight", arrays.column_weight, 0, kMostWeight));
  return check_values("column.move", arrays.column_move, -kMostWeight, kMostWeight);
}

Status check_columns(const PriceArrays& arrays, std::size_t& count_of_numbers) {
  INKLING_TRY(check_column_sizes(arrays));
  for (std::size_t i = 0; i < arrays.column_kind.size(); ++i) INKLING_TRY(check_column(arrays, i));
  std::set<std::pair<std::uint32_t, std::string_view>> values;
  std::set<std::uint32_t> numbers;
  for (std::size_t i = 0; i < arrays.column_kind.size();) {
    if (arrays.column_kind[i] >= static_cast<std::uint8_t>(ColumnKind::kNumber)) {
      INKLING_TRY(check_number(arrays, i, numbers));
      i += kNumberColumns;
    } else {
      if (!values.emplace(arrays.column_field[i], arrays.column_value[i]).second) {
        return at("column.value.bytes", i, "stands there twice");
      }
      ++i;
    }
  }
  count_of_numbers = numbers.size();
  return {};
}

Status check_scales(const PriceArrays& arrays, std::size_t numbers) {
  INKLING_TRY(check_size("scale.mean", arrays.scale_mean, numbers));
  INKLING_TRY(check_size("scale.deviation", arrays.scale_deviation, numbers));
  INKLING_TRY(check_size("scale.quartiles", arrays.scale_quartiles, numbers * kBends));
  INKLING_TRY(check_values("scale.mean", arrays.scale_mean, -kMostNumber, kMostNumber));
  INKLING_TRY(check_values("scale.quartiles", arrays.scale_quartiles, -kMostNumber, kMostNumber));
  return check_values("scale.deviation", arrays.scale_deviation, NumberScale::kLeastDeviation, kMostNumber);
}

Status check_posts(const PriceArrays& arrays) {
  INKLING_TRY(check_texts("post.id", arrays.post_id));
  const std::size_t posts = arrays.post_id.size();
  if (posts < PriceEstimator::kLeastPosts || posts > PriceEstimator::kMostPosts) {
    return damaged("post.id.start", "tells of " + std::to_string(posts) + " posts; expected " +
                                        std::to_string(PriceEstimator::kLeastPosts) + " to " +
                                        std::to_string(PriceEstimator::kMostPosts));
  }
  INKLING_TRY(check_size("post.price_cents", arrays.post_price_cents, posts));
  INKLING_TRY(check_size("post.like_share", arrays.post_like_share, posts));
  INKLING_TRY(check_size("post.error", arrays.post_error, posts));
  constexpr double most_cents = static_cast<double>(std::numeric_limits<std::int64_t>::max());
  INKLING_TRY(check_values("post.price_cents", arrays.post_price_cents, 1, most_cents));
  INKLING_TRY(check_values("post.like_share", arrays.post_like_share, -kMostWeight, kMostWeight));
  return check_values("post.error", arrays.post_error, -kMostLog, kMostLog);
}

Status check_rows(const PriceArrays& arrays) {
  INKLING_TRY(check_starts("row.start", arrays.row_start, arrays.row_column.size()));
  INKLING_TRY(check_size("row.start", arrays.row_start, arrays.post_id.size() + 1));
  INKLING_TRY(check_size("row.value", arrays.row_value, arrays.row_column.size()));
  INKLING_TRY(check_values("row.value", arrays.row_value, -kMostValue, kMostValue));
  for (std::size_t post = 0; post + 1 < arrays.row_start.size(); ++post) {
    for (std::size_t i = arrays.row_start[post]; i < arrays.row_start[post + 1]; ++i) {
      if (arrays.row_column[i] >= arrays.column_kind.size()) return at("row.column", i, "is no column");
      const bool rises = i == arrays.row_start[post] || arrays.row_column[i - 1] < arrays.row_column[i];
      if (!rises) return at("row.column", i, "does not rise");
    }
  }
  return {};
}

Status check_levels(const PriceArrays& arrays) {
  INKLING_TRY(check_size("share", arrays.share, arrays.post_id.size()));
  INKLING_TRY(check_values("share", arrays.share, -kMostWeight, kMostWeight));
  if (!std::ranges::is_sorted(arrays.share)) return damaged("share", "does not rise");
  INKLING_TRY(check_size("base_log", arrays.base_log, 1));
  INKLING_TRY(check_values("base_log", arrays.base_log, -kMostLog, kMostLog));
  INKLING_TRY(check_size("fade", arrays.fade, 1));
  return check_values("fade", arrays.fade, 1e-12, kMostValue);
}

}  // namespace

Status check_arrays(const PriceArrays& arrays) {
  INKLING_TRY(check_fields(arrays));
  std::size_t numbers = 0;
  INKLING_TRY(check_columns(arrays, numbers));
  INKLING_TRY(check_scales(arrays, numbers));
  INKLING_TRY(check_posts(arrays));
  INKLING_TRY(check_rows(arrays));
  return check_levels(arrays);
}

}  // namespace inkling::content
