#include "nn/reduced_attention.h"

#include <algorithm>
#include <cassert>

namespace inkling::nn {

using math::HalfLine;

std::size_t ReducedAttention::lines_size() const {
  return std::max(math::rows_lines(query_rows, hidden) + math::panels_lines(other_rows, hidden),
                  math::rows_lines(query_rows, columns) + math::panels_lines(hidden, other_rows));
}

void ReducedAttention::scores(std::span<const float> projected, std::span<const float> others,
                              std::span<float> scores, std::span<HalfLine> lines) const {
  const std::size_t row_lines = math::rows_lines(query_rows, hidden);
  const math::Bf16Rows rows = math::to_rows(projected, query_rows, hidden, lines.first(row_lines));
  math::Bf16Panels panels = math::to_panels_nt(others, other_rows, hidden, lines.subspan(row_lines));
  panels.n = columns;  // panels are whole, and zero behind their columns
  math::half_product(path, rows, panels, {}, scores, math::Output::kReplace);
}

void ReducedAttention::context(std::span<const float> weights, std::span<const float> others,
                               std::span<float> context, std::span<HalfLine> lines) const {
  const std::size_t row_lines = math::rows_lines(query_rows, columns);
  const math::Bf16Rows rows = math::to_rows(weights, query_rows, columns, lines.first(row_lines));
  math::Bf16Panels panels = math::to_panels_nn(others, hidden, other_rows, lines.subspan(row_lines));
  assert(math::depth_lines(columns) == math::depth_lines(other_rows));
  panels.k = columns;  // lines are whole, and zero behind their terms
  math::half_product(path, rows, panels, {}, context, math::Output::kReplace);
}

}  // namespace inkling::nn
