// Products by small register tiles: 4 rows of A times one or two vectors of columns of B, the sums held in registers
// over all k. For A B^T the rows of B are first turned into such column panels on the stack; below 4 rows of A that
// does not pay and every row is a matrix-vector product. The plain form is product_reference.cpp.
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

inline constexpr std::size_t kTileRows = 4;
inline constexpr std::size_t kPanelColumns = 32;  // two vectors of at most 16 lanes
inline constexpr std::size_t kPanelDepth = 128;   // a panel of 16 KiB stays in L1 beside the rows of A

// Row-major views with their distance from row to row.
struct TileInput {
  const float* a;
  std::size_t a_stride;
  const float* b;
  std::size_t b_stride;
  float* c;
  std::size_t c_stride;
  std::size_t depth;
  bool add;
};

template <class D>
HWY_INLINE void put(D d, hn::Vec<D> sum, float* at, bool add) {
  hn::StoreU(add ? hn::Add(sum, hn::LoadU(d, at)) : sum, d, at);
}

// kRows is 1 or 4. Named sums instead of an array, because vectors of unknown size cannot be array elements.
template <std::size_t kRows, class D>
HWY_INLINE void tile_one_wide(D d, const TileInput& in) {
  auto s0 = hn::Zero(d), s1 = hn::Zero(d), s2 = hn::Zero(d), s3 = hn::Zero(d);
  for (std::size_t t = 0; t < in.depth; ++t) {
    const auto b = hn::LoadU(d, in.b + t * in.b_stride);
    const float* a = in.a + t;
    s0 = hn::MulAdd(hn::Set(d, a[0]), b, s0);
    if constexpr (kRows == kTileRows) {
      s1 = hn::MulAdd(hn::Set(d, a[in.a_stride]), b, s1);
      s2 = hn::MulAdd(hn::Set(d, a[2 * in.a_stride]), b, s2);
      s3 = hn::MulAdd(hn::Set(d, a[3 * in.a_stride]), b, s3);
    }
  }
  put(d, s0, in.c, in.add);
  if constexpr (kRows == kTileRows) {
    put(d, s1, in.c + in.c_stride, in.add);
    put(d, s2, in.c + 2 * in.c_stride, in.add);
    put(d, s3, in.c + 3 * in.c_stride, in.add);
  }
}

template <std::size_t kRows, class D>
HWY_INLINE void tile_two_wide(D d, const TileInput& in) {
  const std::size_t lanes = hn::Lanes(d);
  auto s0 = hn::Zero(d), s1 = hn::Zero(d), s2 = hn::Zero(d), s3 = hn::Zero(d);
  auto u0 = hn::Zero(d), u1 = hn::Zero(d), u2 = hn::Zero(d), u3 = hn::Zero(d);
  for (std::size_t t = 0; t < in.depth; ++t) {
    const auto b0 = hn::LoadU(d, in.b + t * in.b_stride);
    const auto b1 = hn::LoadU(d, in.b + t * in.b_stride + lanes);
    const float* a = in.a + t;
    const auto a0 = hn::Set(d, a[0]);
    s0 = hn::MulAdd(a0, b0, s0);
    u0 = hn::MulAdd(a0, b1, u0);
    if constexpr (kRows == kTileRows) {
      const auto a1 = hn::Set(d, a[in.a_stride]);
      const auto a2 = hn::Set(d, a[2 * in.a_stride]);
      const auto a3 = hn::Set(d, a[3 * in.a_stride]);
      s1 = hn::MulAdd(a1, b0, s1);
      u1 = hn::MulAdd(a1, b1, u1);
      s2 = hn::MulAdd(a2, b0, s2);
      u2 = hn::MulAdd(a2, b1, u2);
      s3 = hn::MulAdd(a3, b0, s3);
      u3 = hn::MulAdd(a3, b1, u3);
    }
  }
  put(d, s0, in.c, in.add);
  put(d, u0, in.c + lanes, in.add);
  if constexpr (kRows == kTileRows) {
    put(d, s1, in.c + in.c_stride, in.add);
    put(d, u1, in.c + in.c_stride + lanes, in.add);
    put(d, s2, in.c + 2 * in.c_stride, in.add);
    put(d, u2, in.c + 2 * in.c_stride + lanes, in.add);
    put(d, s3, in.c + 3 * in.c_stride, in.add);
    put(d, u3, in.c + 3 * in.c_stride + lanes, in.add);
  }
}

HWY_INLINE TileInput at_column(TileInput in, std::size_t column) {
  in.b += column;
  in.c += column;
  return in;
}

// One column group of kRows rows; as an operation of lanes-inl.h it walks the columns that fill no pair of vectors.
template <std::size_t kRows>
struct ColumnGroup {
  TileInput in;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t column) const {
    tile_one_wide<kRows>(d, at_column(in, column));
  }
};

template <std::size_t kRows>
HWY_INLINE void row_strip(const TileInput& in, std::size_t columns) {
  const WideTag d;
  const std::size_t pair = 2 * hn::Lanes(d);
  std::size_t column = 0;
  for (; column + pair <= columns; column += pair) tile_two_wide<kRows>(d, at_column(in, column));
  apply_to_lanes(columns - column, ColumnGroup<kRows>{at_column(in, column)});
}

void all_rows(TileInput in, std::size_t rows, std::size_t columns) {
  std::size_t row = 0;
  for (; row + kTileRows <= rows; row += kTileRows) {
    row_strip<kTileRows>(in, columns);
    in.a += kTileRows * in.a_stride;
    in.c += kTileRows * in.c_stride;
  }
  for (; row < rows; ++row) {
    row_strip<1>(in, columns);
    in.a += in.a_stride;
    in.c += in.c_stride;
  }
}

// Four rows of W share every load of x.
HWY_INLINE void four_dots(const float* w, const float* x, std::size_t size, float* sums) {
  const WideTag d;
  const std::size_t lanes = hn::Lanes(d);
  auto s0 = hn::Zero(d), s1 = hn::Zero(d), s2 = hn::Zero(d), s3 = hn::Zero(d);
  std::size_t j = 0;
  for (; j + lanes <= size; j += lanes) {
    const auto v = hn::LoadU(d, x + j);
    s0 = hn::MulAdd(hn::LoadU(d, w + j), v, s0);
    s1 = hn::MulAdd(hn::LoadU(d, w + size + j), v, s1);
    s2 = hn::MulAdd(hn::LoadU(d, w + 2 * size + j), v, s2);
    s3 = hn::MulAdd(hn::LoadU(d, w + 3 * size + j), v, s3);
  }
  sums[0] = hn::GetLane(hn::SumOfLanes(d, s0));
  sums[1] = hn::GetLane(hn::SumOfLanes(d, s1));
  sums[2] = hn::GetLane(hn::SumOfLanes(d, s2));
  sums[3] = hn::GetLane(hn::SumOfLanes(d, s3));
  for (; j < size; ++j) {
    for (std::size_t i = 0; i < 4; ++i) sums[i] += w[i * size + j] * x[j];
  }
}

HWY_INLINE float one_dot(const float* w, const float* x, std::size_t size) {
  const WideTag d;
  const std::size_t lanes = hn::Lanes(d);
  auto total = hn::Zero(d);
  std::size_t j = 0;
  for (; j + lanes <= size; j += lanes) total = hn::MulAdd(hn::LoadU(d, w + j), hn::LoadU(d, x + j), total);
  float sum = hn::GetLane(hn::SumOfLanes(d, total));
  for (; j < size; ++j) sum += w[j] * x[j];
  return sum;
}

void matrix_vector_lanes(const float* w, const float* bias, const float* x, std::size_t inputs, float* y,
                         std::size_t outputs) {
  std::size_t i = 0;
  for (; i + 4 <= outputs; i += 4) {
    float sums[4];
    four_dots(w + i * inputs, x, inputs, sums);
    for (std::size_t r = 0; r < 4; ++r) y[i + r] = sums[r] + (bias == nullptr ? 0.0f : bias[i + r]);
  }
  for (; i < outputs; ++i) {
    y[i] = one_dot(w + i * inputs, x, inputs) + (bias == nullptr ? 0.0f : bias[i]);
  }
}

void product_nn_lanes(const float* a, const float* b, float* c, ProductShape shape, bool add) {
  all_rows({a, shape.k, b, shape.n, c, shape.n, shape.k, add}, shape.m, shape.n);
}

// panel [depth x columns] = rows first_row.. of B, turned on their side.
HWY_INLINE void pack_panel(const float* b, std::size_t b_stride, std::size_t depth, std::size_t columns,
                           float* panel) {
  for (std::size_t j = 0; j < columns; ++j) {
    for (std::size_t t = 0; t < depth; ++t) panel[t * kPanelColumns + j] = b[j * b_stride + t];
  }
}

void product_nt_panels(const float* a, const float* b, float* c, ProductShape shape, bool add) {
  HWY_ALIGN float panel[kPanelDepth * kPanelColumns];
  for (std::size_t column = 0; column < shape.n; column += kPanelColumns) {
    const std::size_t columns = std::min(kPanelColumns, shape.n - column);
    std::size_t start = 0;
    do {  // at least once, so that k = 0 still writes its zeros
      const std::size_t depth = std::min(kPanelDepth, shape.k - start);
      pack_panel(b + column * shape.k + start, shape.k, depth, columns, panel);
      all_rows({a + start, shape.k, panel, kPanelColumns, c + column, shape.n, depth, add || start > 0}, shape.m,
               columns);
      start += depth;
    } while (start < shape.k);
  }
}

void product_nt_lanes(const float* a, const float* b, float* c, ProductShape shape, bool add) {
  if (shape.m >= kTileRows) return product_nt_panels(a, b, c, shape, add);
  for (std::size_t row = 0; row < shape.m; ++row) {
    float* out = c + row * shape.n;
    matrix_vector_lanes(b, add ? out : nullptr, a + row * shape.k, shape.k, out, shape.n);
  }
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {

HWY_EXPORT(matrix_vector_lanes);
HWY_EXPORT(product_nt_lanes);
HWY_EXPORT(product_nn_lanes);

void matrix_vector(std::span<const float> w, std::span<const float> bias, std::span<const float> x,
                   std::span<float> y) {
  assert(w.size() == x.size() * y.size() && (bias.empty() || bias.size() == y.size()));
  const float* bias_or_null = bias.empty() ? nullptr : bias.data();
  HWY_DYNAMIC_DISPATCH(matrix_vector_lanes)(w.data(), bias_or_null, x.data(), x.size(), y.data(), y.size());
}

void product_nt(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape,
                Output output) {
  assert(a.size() == shape.m * shape.k && b.size() == shape.n * shape.k && c.size() == shape.m * shape.n);
  HWY_DYNAMIC_DISPATCH(product_nt_lanes)(a.data(), b.data(), c.data(), shape, output == Output::kAdd);
}

void product_nn(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape,
                Output output) {
  assert(a.size() == shape.m * shape.k && b.size() == shape.k * shape.n && c.size() == shape.m * shape.n);
  HWY_DYNAMIC_DISPATCH(product_nn_lanes)(a.data(), b.data(), c.data(), shape, output == Output::kAdd);
}

}  // namespace inkling::math
#endif  // HWY_ONCE
