#include "nn/reduced_projection.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "math/half_types.h"

namespace inkling::nn {
namespace {

std::byte* copied(std::byte* next, const std::uint16_t* row, std::size_t dim) {
  constexpr std::size_t kGroup = 8;
  std::size_t i = 0;
  // A memcpy of unknown size is a call, which for so short a row costs more than the row.
  for (; i + kGroup <= dim; i += kGroup, next += kGroup * sizeof(*row))
    std::memcpy(next, row + i, kGroup * sizeof(*row));
  for (; i < dim; ++i, next += sizeof(*row)) std::memcpy(next, row + i, sizeof(*row));
  return next;
}

}  // namespace

void ReducedProjection::add(std::size_t feature, const Embedding& table) {
  Table rounded{feature, table.vocab(), table.dim(), {}};
  for (std::size_t id = 0; id < table.vocab(); ++id) {
    for (const float value : table.lookup(id)) rounded.rows.push_back(math::to_bf16(value));
  }
  tables_.push_back(std::move(rounded));
}

void ReducedProjection::gather(std::span<const std::uint32_t> ids, std::size_t features,
                               std::span<math::HalfLine> lines) const {
  const std::size_t records = ids.size() / features;
  const std::size_t row_bytes = weight_.lines_size(16) / 16 * sizeof(math::HalfLine);
  const std::span<std::byte> bytes = std::as_writable_bytes(lines);
  for (std::size_t r = 0; r < records; ++r) {
    std::byte* const row = bytes.data() + r * row_bytes;
    std::byte* next = row;
    for (const Table& table : tables_) next = copied(next, table.row(ids[r * features + table.feature]), table.dim);
    std::memset(next, 0, static_cast<std::size_t>(row + row_bytes - next));
  }
  std::ranges::fill(bytes.subspan(records * row_bytes), std::byte{});
}

void ReducedProjection::project(std::span<const std::uint32_t> ids, std::size_t features, std::span<const float> bias,
                                std::span<float> projected, std::span<math::HalfLine> lines) const {
  const std::span<math::HalfLine> rows = lines.first(lines_size(ids.size() / features));
  gather(ids, features, rows);
  weight_.forward_lines(rows, bias, projected);
}

}  // namespace inkling::nn
