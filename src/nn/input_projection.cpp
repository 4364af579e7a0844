#include "nn/input_projection.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <string>

namespace inkling::nn {
namespace {

constexpr std::size_t kPrefetchedRows = 96;

// Columns [first, first + count) of a row-major matrix, as rows of their own: [rows x count].
std::vector<float> columns_of(const Weight& weight, std::size_t first, std::size_t count) {
  std::vector<float> columns;
  for (std::size_t row = 0; row < weight.rows; ++row) {
    const auto part = weight.values.subspan(row * weight.cols + first, count);
    columns.insert(columns.end(), part.begin(), part.end());
  }
  return columns;
}

std::vector<float> fold(const Embedding& table, const Weight& weight, std::size_t first,
                        const math::Kernels& kernels) {
  std::vector<float> rows(table.vocab() * weight.rows);
  const auto part = math::PackedMatrix::from_columns(columns_of(weight, first, table.dim()), weight.rows);
  for (std::size_t id = 0; id < table.vocab(); ++id) {
    kernels.packed_product(table.lookup(id), part, {}, std::span(rows).subspan(id * weight.rows, weight.rows),
                           math::Output::kReplace);
  }
  return rows;
}

}  // namespace

base::Result<InputProjection> InputProjection::make(std::span<const Feature> features, const Weight& weight_ih,
                                                    std::span<const float> bias, const math::Kernels& kernels,
                                                    const math::Reducible<math::ReducedPaths>& reduced) {
  std::size_t width = 0;
  for (const Feature& feature : features) width += feature.table.dim();
  INKLING_TRY(check_shape(weight_ih, bias.size(), width));
  InputProjection projection(bias, kernels);
  std::vector<float> gathered_columns;  // [gathered_width_ x G], a feature after the other
  std::size_t first = 0;
  for (std::size_t f = 0; f < features.size(); ++f) {
    const Embedding& table = features[f].table;
    if (features[f].folded) {
      projection.folded_.push_back({f, table.vocab(), fold(table, weight_ih, first, kernels)});
    } else {
      projection.gathered_.push_back({f, table});
      projection.gathered_width_ += table.dim();
      for (std::size_t column = first; column < first + table.dim(); ++column) {
        const auto one = columns_of(weight_ih, column, 1);
        gathered_columns.insert(gathered_columns.end(), one.begin(), one.end());
      }
    }
    first += table.dim();
  }
  if (projection.gathered_width_ > 0 && reduced) {
    projection.reduced_.emplace(ReducedProduct::from_rows(reduced->product, gathered_columns, bias.size()));
    for (const Gathered& feature : projection.gathered_) projection.reduced_->add(feature.feature, feature.table);
  } else if (projection.gathered_width_ > 0) {
    projection.weight_.push_back(math::PackedMatrix::from_rows(gathered_columns, bias.size()));
  }
  return projection;
}

void InputProjection::gather(std::span<const std::uint32_t> ids, std::span<float> x) const {
  const std::size_t features = feature_count();
  const std::size_t ahead = (kPrefetchedRows + features - 1) / features * features;
  float* next = x.data();
  for (std::size_t at = 0; at < ids.size(); at += features) {
    for (const Gathered& feature : gathered_) {
      // Rows of large tables come from far away: asking for those of later records hides most of the way. Not a
      // function of its own: GCC takes one that only prefetches for one without effect and drops the call.
      if (at + ahead < ids.size()) __builtin_prefetch(feature.row(ids[at + ahead + feature.feature]));
      const float* row = feature.row(ids[at + feature.feature]);
      std::size_t i = 0;
      // A memcpy of unknown size is a call, which for so short a row costs more than the row.
      for (; i + 8 <= feature.table.dim(); i += 8) std::memcpy(next + i, row + i, 8 * sizeof(float));
      for (; i < feature.table.dim(); ++i) next[i] = row[i];
      next += feature.table.dim();
    }
  }
}

void InputProjection::add_folded(std::span<const std::uint32_t> ids, std::span<float> projected) const {
  const std::size_t width = gates_size();
  for (std::size_t at = 0, out = 0; at < ids.size(); at += feature_count(), out += width) {
    const std::span<float> sum = projected.subspan(out, width);
    for (const Folded& feature : folded_) {
      const std::uint32_t id = ids[at + feature.feature];
      const std::size_t row = id < feature.vocab ? id : Embedding::kMissingId;
      kernels_->add(sum, std::span(feature.rows).subspan(row * width, width), sum);
    }
  }
}

void InputProjection::project(std::span<const std::uint32_t> ids, std::span<float> projected,
                              std::span<float> scratch, std::span<math::HalfLine> lines) const {
  const std::size_t records = projected.size() / gates_size();
  assert(projected.size() == records * gates_size() && ids.size() == records * feature_count());
  assert(scratch.size() >= scratch_size(records) && lines.size() >= lines_size(records));
  if (reduced_) {
    reduced_->project(ids, feature_count(), bias_, projected, lines);
  } else if (gathered_.empty()) {
    for (std::size_t r = 0; r < records; ++r) {
      std::ranges::copy(bias_, projected.begin() + static_cast<std::ptrdiff_t>(r * gates_size()));
    }
  } else {
    const std::span<float> x = scratch.first(scratch_size(records));
    gather(ids, x);
    kernels_->packed_product(x, weight_.front(), bias_, projected, math::Output::kReplace);
  }
  add_folded(ids, projected);
}

}  // namespace inkling::nn
