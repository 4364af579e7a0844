// What a price estimator learnt, as a package keeps it: one list of columns, one tensor each. Not for estimating
// (price_estimate.h), nor for files (price_package.h).
//
// A list of texts is a column of starts, one longer than there are texts, and their bytes. What follows from these is
// made when they are loaded, so it cannot contradict them. Thread safety: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace inkling::content {

struct TextArray {
  std::vector<std::uint32_t> start = {0};
  std::vector<char> bytes;  // UTF-8

  [[nodiscard]] std::size_t size() const { return start.size() - 1; }
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    return {bytes.data() + start[i], start[i + 1] - start[i]};
  }
  void push(std::string_view text) {
    bytes.insert(bytes.end(), text.begin(), text.end());
    start.push_back(static_cast<std::uint32_t>(bytes.size()));
  }
};

struct PriceArrays {
  TextArray field;  // as PostColumns::fields()
  // By column: choices and words, then for each number kNumberColumns of them.
  std::vector<std::uint32_t> column_field;
  std::vector<std::uint8_t> column_kind;  // ColumnKind
  TextArray column_value;
  std::vector<double> column_weight;  // in the linear kernel, >= 0
  std::vector<double> column_move;    // of the price's logarithm
  // By number, in the order of its columns.
  std::vector<double> scale_mean;
  std::vector<double> scale_deviation;
  std::vector<double> scale_quartiles;  // [numbers x kBends]
  // By post.
  TextArray post_id;
  std::vector<std::int64_t> post_price_cents;
  std::vector<double> post_like_share;  // of the logarithm
  std::vector<double> post_error;       // left out, of the logarithm
  std::vector<std::uint32_t> row_start;
  std::vector<std::uint32_t> row_column;  // rising within a post
  std::vector<float> row_value;
  std::vector<double> share;     // errors over spreads, sorted; as many as posts
  std::vector<double> base_log;  // one
  std::vector<double> fade;      // one
};

// visit(name of the tensor, column) -> base::Status, for every column.
template <typename Visit, typename Arrays>
base::Status each_column(Visit visit, Arrays& arrays) {
  const auto texts = [&visit](std::string_view name, auto& list) -> base::Status {
    INKLING_TRY(visit(std::string(name) + ".start", list.start));
    return visit(std::string(name) + ".bytes", list.bytes);
  };
  INKLING_TRY(texts("field", arrays.field));
  INKLING_TRY(visit("column.field", arrays.column_field));
  INKLING_TRY(visit("column.kind", arrays.column_kind));
  INKLING_TRY(texts("column.value", arrays.column_value));
  INKLING_TRY(visit("column.weight", arrays.column_weight));
  INKLING_TRY(visit("column.move", arrays.column_move));
  INKLING_TRY(visit("scale.mean", arrays.scale_mean));
  INKLING_TRY(visit("scale.deviation", arrays.scale_deviation));
  INKLING_TRY(visit("scale.quartiles", arrays.scale_quartiles));
  INKLING_TRY(texts("post.id", arrays.post_id));
  INKLING_TRY(visit("post.price_cents", arrays.post_price_cents));
  INKLING_TRY(visit("post.like_share", arrays.post_like_share));
  INKLING_TRY(visit("post.error", arrays.post_error));
  INKLING_TRY(visit("row.start", arrays.row_start));
  INKLING_TRY(visit("row.column", arrays.row_column));
  INKLING_TRY(visit("row.value", arrays.row_value));
  INKLING_TRY(visit("share", arrays.share));
  INKLING_TRY(visit("base_log", arrays.base_log));
  return visit("fade", arrays.fade);
}

// Whether no look-up can lead out of the arrays and no sum can leave the numbers. kCorrupt that names the tensor.
[[nodiscard]] base::Status check_arrays(const PriceArrays& arrays);

}  // namespace inkling::content
