// Products by register tiles: some rows of A times some vectors of columns of B, the sums held in registers over all
// k. Column panels outside, rows inside, so that a panel stays in L1 while all rows pass it. Five rows, because 5
// divides windows of 50 and 100 and 5 x 4 sums of 16 lanes keep one fused multiply-add a cycle busy with 9 loads for
// 20 of them; ten where few columns leave registers for them, since loads would be half of all instructions there.
// The plain form is product_reference.cpp.
#include "math/product.h"

#include <algorithm>
#include <cassert>
#include <cstddef>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/product.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/lanes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

inline constexpr std::size_t kTileRows = kSmallCode ? 1 : 5;
// As many sums as there are registers for them: 16 registers hold 5 x 2 sums, 2 columns of B and one entry of A.
inline constexpr std::size_t kTileVectors = kSmallCode ? 4 : kManyRegisters ? 4 : 2;

// Of a tile as wide as kVectors vectors.
template <std::size_t kVectors>
inline constexpr std::size_t kRowsOf = kManyRegisters&& kVectors <= 2 ? 2 * kTileRows : kTileRows;

// Row-major views with their distance from row to row. `start` is what the sums begin with: nothing, one row for all
// (stride 0), or C itself. Entry t of A's row r stands at r a_stride + t a_step; a transposed A has a_stride 1.
struct TileInput {
  const float* a;
  std::size_t a_stride;
  std::size_t a_step;
  const float* b;
  std::size_t b_stride;
  float* c;
  std::size_t c_stride;
  const float* start;
  std::size_t start_stride;
  std::size_t depth;
};

template <bool kTransposed, std::size_t kRows, std::size_t kVectors, class D>
HWY_INLINE void tile(D d, const TileInput& in) {
  const std::size_t lanes = hn::Lanes(d);
  hn::Vec<D> sums[kRows][kVectors];
  INKLING_UNROLL
  for (std::size_t r = 0; r < kRows; ++r) {
    INKLING_UNROLL
    for (std::size_t v = 0; v < kVectors; ++v) {
      sums[r][v] = in.start == nullptr ? hn::Zero(d) : hn::LoadU(d, in.start + r * in.start_stride + v * lanes);
    }
  }
  const float* b = in.b;
  for (std::size_t t = 0; t < in.depth; ++t, b += in.b_stride) {
    hn::Vec<D> columns[kVectors];
    INKLING_UNROLL
    for (std::size_t v = 0; v < kVectors; ++v) columns[v] = hn::LoadU(d, b + v * lanes);
    INKLING_UNROLL
    for (std::size_t r = 0; r < kRows; ++r) {
      const auto a = hn::Set(d, kTransposed ? in.a[t * in.a_step + r] : in.a[r * in.a_stride + t]);
      INKLING_UNROLL
      for (std::size_t v = 0; v < kVectors; ++v) sums[r][v] = hn::MulAdd(a, columns[v], sums[r][v]);
    }
  }
  INKLING_UNROLL
  for (std::size_t r = 0; r < kRows; ++r) {
    INKLING_UNROLL
    for (std::size_t v = 0; v < kVectors; ++v) hn::StoreU(sums[r][v], d, in.c + r * in.c_stride + v * lanes);
  }
}

template <bool kTransposed, std::size_t kVectors, class D>
HWY_INLINE void last_rows(D d, const TileInput& in, std::size_t rows) {
  static_assert(kTileRows == 5 || kTileRows == 1);
  if constexpr (kTileRows == 1) return;
  switch (rows) {
    case 1:
      return tile<kTransposed, 1, kVectors>(d, in);
    case 2:
      return tile<kTransposed, 2, kVectors>(d, in);
    case 3:
      return tile<kTransposed, 3, kVectors>(d, in);
    case 4:
      return tile<kTransposed, 4, kVectors>(d, in);
    default:
      return;
  }
}

// All rows of kVectors vectors of columns.
template <bool kTransposed, std::size_t kRows, std::size_t kVectors, class D>
HWY_INLINE std::size_t rows_at_once(D d, TileInput& in, std::size_t rows) {
  for (; rows >= kRows; rows -= kRows) {
    tile<kTransposed, kRows, kVectors>(d, in);
    in.a += kRows * in.a_stride;
    in.c += kRows * in.c_stride;
    if (in.start != nullptr) in.start += kRows * in.start_stride;
  }
  return rows;
}

template <bool kTransposed, std::size_t kVectors, class D>
HWY_INLINE void all_rows(D d, TileInput in, std::size_t rows) {
  rows = rows_at_once<kTransposed, kRowsOf<kVectors>, kVectors>(d, in, rows);
  if (kRowsOf < kVectors >> kTileRows) rows = rows_at_once<kTransposed, kTileRows, kVectors>(d, in, rows);
  last_rows<kTransposed, kVectors>(d, in, rows);
}

HWY_INLINE TileInput at_column(TileInput in, std::size_t column) {
  in.b += column;
  in.c += column;
  if (in.start != nullptr) in.start += column;
  return in;
}

// The columns that fill no widest tile, as an operation of lanes-inl.h.
template <bool kTransposed>
struct ColumnGroup {
  TileInput in;
  std::size_t rows;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t column) const {
    all_rows<kTransposed, 1>(d, at_column(in, column), rows);
  }
};

template <bool kTransposed, std::size_t kVectors>
HWY_INLINE std::size_t wide_columns(const TileInput& in, std::size_t rows, std::size_t column, std::size_t columns) {
  const WideTag d;
  const std::size_t width = kVectors * hn::Lanes(d);
  for (; column + width <= columns; column += width) all_rows<kTransposed, kVectors>(d, at_column(in, column), rows);
  return column;
}

template <bool kTransposed>
void all_tiles(const TileInput& in, std::size_t rows, std::size_t columns) {
  std::size_t done = 0;
  const std::size_t lanes = hn::Lanes(WideTag());
  const bool last_five = kTileVectors == 4 && columns >= 5 * lanes && columns % (4 * lanes) / lanes == 1;
  const std::size_t apart = last_five ? 5 * lanes + columns % lanes : 0;  // as 3 + 2, not 4 + 1
  if (kTileVectors > 1) done = wide_columns<kTransposed, kTileVectors>(in, rows, done, columns - apart);
  if (kTileVectors > 3) done = wide_columns<kTransposed, 3>(in, rows, done, columns);
  if (kTileVectors > 2) done = wide_columns<kTransposed, 2>(in, rows, done, columns);
  if constexpr (kManyRegisters) {  // half a vector more is worth its code only beside wide ones
    const ColumnGroup<kTransposed> group{in, rows};
    done = apply_groups(WideTag(), done, columns, group);
    done = apply_groups(EightTag(), done, columns, group);
  }
  apply_to_lanes(columns - done, ColumnGroup<kTransposed>{at_column(in, done), rows});
}

void product_lanes(const float* a, const float* b, float* c, const ProductShape& shape, bool add) {
  const float* start = add ? c : nullptr;
  all_tiles<false>({a, shape.a_stride, 1, b, shape.b_stride, c, shape.c_stride, start, shape.c_stride, shape.k},
                   shape.m, shape.n);
}

void transposed_product_lanes(const float* a, const float* b, float* c, const ProductShape& shape) {
  all_tiles<true>({a, 1, shape.a_stride, b, shape.b_stride, c, shape.c_stride, c, shape.c_stride, shape.k}, shape.m,
                  shape.n);
}

void packed_product_lanes(const float* a, const PackedMatrix& b, const float* bias, float* c, std::size_t rows,
                          bool add) {
  const std::size_t k = b.depth(), n = b.columns();
  for (std::size_t column = 0; column < n; column += PackedMatrix::kPanelColumns) {
    const std::size_t width = b.panel_width(column);
    TileInput in{a, k, 1, b.panel(column), width, c + column, n, nullptr, 0, k};
    if (add) {
      in.start = in.c;
      in.start_stride = n;
    } else if (bias != nullptr) {
      in.start = bias + column;
    }
    all_tiles<false>(in, rows, width);
  }
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {

HWY_EXPORT(product_lanes);
HWY_EXPORT(transposed_product_lanes);
HWY_EXPORT(packed_product_lanes);

namespace {

[[maybe_unused]] bool fits(std::size_t size, std::size_t rows, std::size_t columns, std::size_t stride) {
  return rows == 0 || (stride >= columns && size >= (rows - 1) * stride + columns);
}

ProductShape with_strides(ProductShape shape, std::size_t a_columns) {
  if (shape.a_stride == 0) shape.a_stride = a_columns;
  if (shape.b_stride == 0) shape.b_stride = shape.n;
  if (shape.c_stride == 0) shape.c_stride = shape.n;
  return shape;
}

void run_product(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape,
                 bool add) {
  shape = with_strides(shape, shape.k);
  assert(fits(a.size(), shape.m, shape.k, shape.a_stride) && fits(b.size(), shape.k, shape.n, shape.b_stride));
  assert(fits(c.size(), shape.m, shape.n, shape.c_stride));
  HWY_DYNAMIC_DISPATCH(product_lanes)(a.data(), b.data(), c.data(), shape, add);
}

}  // namespace

void product(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape) {
  run_product(a, b, c, shape, false);
}

void add_product(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape) {
  run_product(a, b, c, shape, true);
}

void add_transposed_product(std::span<const float> a, std::span<const float> b, std::span<float> c,
                            ProductShape shape) {
  shape = with_strides(shape, shape.m);
  assert(fits(a.size(), shape.k, shape.m, shape.a_stride) && fits(b.size(), shape.k, shape.n, shape.b_stride));
  assert(fits(c.size(), shape.m, shape.n, shape.c_stride));
  HWY_DYNAMIC_DISPATCH(transposed_product_lanes)(a.data(), b.data(), c.data(), shape);
}

void packed_product(std::span<const float> a, const PackedMatrix& b, std::span<const float> bias, std::span<float> c,
                    Output output) {
  const std::size_t rows = c.size() / b.columns();
  assert(c.size() == rows * b.columns() && a.size() == rows * b.depth());
  assert(bias.empty() || (bias.size() == b.columns() && output == Output::kReplace));
  HWY_DYNAMIC_DISPATCH(packed_product_lanes)
  (a.data(), b, bias.empty() ? nullptr : bias.data(), c.data(), rows, output == Output::kAdd);
}

}  // namespace inkling::math
#endif  // HWY_ONCE
