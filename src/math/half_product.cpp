#include "math/half_product.h"

#include <algorithm>
#include <cassert>

#include "math/half_kernels.h"
#include "math/half_types.h"

namespace inkling::math {
namespace {

thread_local int tile_scopes = 0;

void clear(std::span<HalfLine> lines) {
  std::ranges::fill(lines, HalfLine{});
}

// The last row ends with its last entry.
[[maybe_unused]] bool fits(std::span<const float> values, std::size_t rows, std::size_t columns, std::size_t stride) {
  return rows == 0 || (stride >= columns && values.size() >= (rows - 1) * stride + columns);
}

}  // namespace

namespace reference {

namespace {

// term(i, t) is A[i][t].
template <class Term>
Bf16Rows rows_of(std::size_t m, std::size_t k, std::span<HalfLine> storage, const Term& term) {
  assert(storage.size() >= rows_lines(m, k));
  const std::span<HalfLine> lines = storage.first(rows_lines(m, k));
  clear(lines);
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t t = 0; t < k; ++t) lines[i * depth_lines(k) + t / 32].values[t % 32] = to_bf16(term(i, t));
  }
  return {lines, m, k};
}

}  // namespace

Bf16Rows to_rows(std::span<const float> a, std::size_t m, std::size_t k, std::span<HalfLine> storage,
                 std::size_t stride) {
  if (stride == 0) stride = k;
  assert(fits(a, m, k, stride));
  return rows_of(m, k, storage, [&](std::size_t i, std::size_t t) { return a[i * stride + t]; });
}

Bf16Rows to_rows_transposed(std::span<const float> a, std::size_t m, std::size_t k, std::span<HalfLine> storage,
                            std::size_t stride) {
  if (stride == 0) stride = m;
  assert(fits(a, k, m, stride));
  return rows_of(m, k, storage, [&](std::size_t i, std::size_t t) { return a[t * stride + i]; });
}

namespace {

// term(j, t) is B[t][j].
template <class Term>
Bf16Panels panels_of(std::size_t n, std::size_t k, std::span<HalfLine> storage, const Term& term) {
  assert(storage.size() >= panels_lines(n, k));
  const std::span<HalfLine> lines = storage.first(panels_lines(n, k));
  clear(lines);
  const std::size_t panel_lines = panels_lines(kPanelColumns, k);
  for (std::size_t j = 0; j < n; ++j) {
    const std::span<HalfLine> panel = lines.subspan(j / kPanelColumns * panel_lines, panel_lines);
    for (std::size_t t = 0; t < k; ++t) panel[t / 2].values[j % kPanelColumns * 2 + t % 2] = to_bf16(term(j, t));
  }
  return {lines, n, k};
}

}  // namespace

Bf16Panels to_panels_nn(std::span<const float> b, std::size_t n, std::size_t k, std::span<HalfLine> storage) {
  assert(b.size() == n * k);
  return panels_of(n, k, storage, [&](std::size_t j, std::size_t t) { return b[t * n + j]; });
}

Bf16Panels to_panels_nt(std::span<const float> b, std::size_t n, std::size_t k, std::span<HalfLine> storage) {
  assert(b.size() == n * k);
  return panels_of(n, k, storage, [&](std::size_t j, std::size_t t) { return b[j * k + t]; });
}

}  // namespace reference

Bf16Rows to_rows(std::span<const float> a, std::size_t m, std::size_t k, std::span<HalfLine> storage,
                 std::size_t stride) {
  if (!half_features().avx512_bf16) return reference::to_rows(a, m, k, storage, stride);
  if (stride == 0) stride = k;
  assert(fits(a, m, k, stride) && storage.size() >= rows_lines(m, k));
  const std::span<HalfLine> lines = storage.first(rows_lines(m, k));
  half::to_rows_avx512_bf16(a.data(), m, k, stride, lines.data());
  clear(lines.subspan(m * depth_lines(k)));
  return {lines, m, k};
}

Bf16Rows to_rows_transposed(std::span<const float> a, std::size_t m, std::size_t k, std::span<HalfLine> storage,
                            std::size_t stride) {
  if (!half_features().avx512_bf16) return reference::to_rows_transposed(a, m, k, storage, stride);
  if (stride == 0) stride = m;
  assert(fits(a, k, m, stride) && storage.size() >= rows_lines(m, k));
  half::to_rows_transposed_avx512_bf16(a.data(), m, k, stride, storage.data());
  return {storage.first(rows_lines(m, k)), m, k};
}

Bf16Panels to_panels_nn(std::span<const float> b, std::size_t n, std::size_t k, std::span<HalfLine> storage) {
  if (!half_features().avx512_bf16) return reference::to_panels_nn(b, n, k, storage);
  assert(b.size() == n * k && storage.size() >= panels_lines(n, k));
  half::to_panels_nn_avx512_bf16(b.data(), n, k, storage.data());
  return {storage.first(panels_lines(n, k)), n, k};
}

Bf16Panels to_panels_nt(std::span<const float> b, std::size_t n, std::size_t k, std::span<HalfLine> storage) {
  if (!half_features().avx512_bf16) return reference::to_panels_nt(b, n, k, storage);
  assert(b.size() == n * k && storage.size() >= panels_lines(n, k));
  half::to_panels_nt_avx512_bf16(b.data(), n, k, storage.data());
  return {storage.first(panels_lines(n, k)), n, k};
}

ProductScope::ProductScope(ProductPath path) : tiles_(path == ProductPath::kAmxBf16) {
  assert(is_available(path));
  if (tiles_ && tile_scopes++ == 0) half::configure_tiles();
}

ProductScope::~ProductScope() {
  if (tiles_ && --tile_scopes == 0) half::release_tiles();
}

void half_product(ProductPath path, Bf16Rows a, Bf16Panels b, std::span<const float> bias, std::span<float> c,
                  Output output) {
  assert(is_available(path) && a.k == b.k && c.size() == a.m * b.n);
  assert(a.lines.size() >= rows_lines(a.m, a.k) && b.lines.size() >= panels_lines(b.n, b.k));
  assert(bias.empty() || (bias.size() == b.n && output == Output::kReplace));
  const half::ProductTask task{
      a.lines.data(), b.lines.data(),        depth_lines(a.k), a.k, a.m, b.n, bias.empty() ? nullptr : bias.data(),
      c.data(),       output == Output::kAdd};
  const ProductScope scope(path);
  switch (path) {
    case ProductPath::kScalar:
      return half::product_scalar(task);
    case ProductPath::kAvx512Bf16:
      return half::product_avx512_bf16(task);
    case ProductPath::kAmxBf16:
      return half::product_amx_bf16(task);
  }
}

}  // namespace inkling::math
