#include "math/vector_ops.h"

#include <cassert>
#include <cstddef>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/vector_ops.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/lanes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

// Four sums side by side hide the latency of the additions.
float dot_lanes(const float* a, const float* b, std::size_t size) {
  const WideTag d;
  const std::size_t lanes = hn::Lanes(d);
  auto sum0 = hn::Zero(d);
  auto sum1 = hn::Zero(d);
  auto sum2 = hn::Zero(d);
  auto sum3 = hn::Zero(d);
  std::size_t i = 0;
  for (; i + 4 * lanes <= size; i += 4 * lanes) {
    sum0 = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), sum0);
    sum1 = hn::MulAdd(hn::LoadU(d, a + i + lanes), hn::LoadU(d, b + i + lanes), sum1);
    sum2 = hn::MulAdd(hn::LoadU(d, a + i + 2 * lanes), hn::LoadU(d, b + i + 2 * lanes), sum2);
    sum3 = hn::MulAdd(hn::LoadU(d, a + i + 3 * lanes), hn::LoadU(d, b + i + 3 * lanes), sum3);
  }
  for (; i + lanes <= size; i += lanes) sum0 = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), sum0);
  const auto all = hn::Add(hn::Add(sum0, sum1), hn::Add(sum2, sum3));
  float sum = hn::GetLane(hn::SumOfLanes(d, all));
  for (; i < size; ++i) sum += a[i] * b[i];
  return sum;
}

struct Scale {
  float alpha;
  const float* x;
  float* y;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    hn::StoreU(hn::Mul(hn::Set(d, alpha), hn::LoadU(d, x + i)), d, y + i);
  }
};

struct Add {
  const float* a;
  const float* b;
  float* y;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    hn::StoreU(hn::Add(hn::LoadU(d, a + i), hn::LoadU(d, b + i)), d, y + i);
  }
};

struct Multiply {
  const float* a;
  const float* b;
  float* y;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    hn::StoreU(hn::Mul(hn::LoadU(d, a + i), hn::LoadU(d, b + i)), d, y + i);
  }
};

// A group of columns over all rows, one sum a lane.
struct ColumnSum {
  const float* x;
  std::size_t stride;
  std::size_t rows;
  float* y;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    auto even = hn::Zero(d), odd = hn::Zero(d);
    std::size_t row = 0;
    for (; row + 2 <= rows; row += 2) {
      even = hn::Add(even, hn::LoadU(d, x + row * stride + i));
      odd = hn::Add(odd, hn::LoadU(d, x + (row + 1) * stride + i));
    }
    if (row < rows) even = hn::Add(even, hn::LoadU(d, x + row * stride + i));
    hn::StoreU(hn::Add(even, odd), d, y + i);
  }
};

struct ColumnDot {
  const float* a;
  const float* b;
  std::size_t rows;
  std::size_t width;
  float* y;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    auto sum = hn::Zero(d);
    for (std::size_t at = i; at < i + rows * width; at += width) {
      sum = hn::MulAdd(hn::LoadU(d, a + at), hn::LoadU(d, b + at), sum);
    }
    hn::StoreU(sum, d, y + i);
  }
};

#if HWY_TARGET != HWY_SCALAR
// Four rows turned on their side, four columns at a time.
void transpose_four_rows(const float* x, std::size_t columns, float* y, std::size_t y_stride) {
  const QuadTag d;
  const hn::RepartitionToWide<decltype(d)> pairs;
  std::size_t column = 0;
  for (; column + 4 <= columns; column += 4) {
    const float* from = x + column;
    const auto r0 = hn::LoadU(d, from), r1 = hn::LoadU(d, from + columns);
    const auto r2 = hn::LoadU(d, from + 2 * columns), r3 = hn::LoadU(d, from + 3 * columns);
    const auto low01 = hn::BitCast(pairs, hn::InterleaveLower(d, r0, r1));
    const auto low23 = hn::BitCast(pairs, hn::InterleaveLower(d, r2, r3));
    const auto high01 = hn::BitCast(pairs, hn::InterleaveUpper(d, r0, r1));
    const auto high23 = hn::BitCast(pairs, hn::InterleaveUpper(d, r2, r3));
    float* to = y + column * y_stride;
    hn::StoreU(hn::BitCast(d, hn::InterleaveLower(pairs, low01, low23)), d, to);
    hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(pairs, low01, low23)), d, to + y_stride);
    hn::StoreU(hn::BitCast(d, hn::InterleaveLower(pairs, high01, high23)), d, to + 2 * y_stride);
    hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(pairs, high01, high23)), d, to + 3 * y_stride);
  }
  for (; column < columns; ++column) {
    for (std::size_t row = 0; row < 4; ++row) y[column * y_stride + row] = x[row * columns + column];
  }
}
#endif

void transpose_lanes(const float* x, std::size_t rows, std::size_t columns, float* y, std::size_t y_stride) {
  std::size_t row = 0;
#if HWY_TARGET != HWY_SCALAR
  for (; row + 4 <= rows; row += 4) transpose_four_rows(x + row * columns, columns, y + row, y_stride);
#endif
  for (; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) y[column * y_stride + row] = x[row * columns + column];
  }
}

void scale_rows_lanes(const float* factors, const float* x, float* y, std::size_t rows, std::size_t width) {
  for (std::size_t row = 0; row < rows; ++row) {
    apply_to_lanes(width, Scale{factors[row], x + row * width, y + row * width});
  }
}
void column_sums_lanes(const float* x, std::size_t stride, std::size_t rows, float* y, std::size_t width) {
  apply_to_lanes(width, ColumnSum{x, stride, rows, y});
}
void column_dots_lanes(const float* a, const float* b, std::size_t rows, float* y, std::size_t width) {
  apply_to_lanes(width, ColumnDot{a, b, rows, width, y});
}
void scale_lanes(float alpha, const float* x, float* y, std::size_t size) {
  apply_to_lanes(size, Scale{alpha, x, y});
}
void add_lanes(const float* a, const float* b, float* y, std::size_t size) {
  apply_to_lanes(size, Add{a, b, y});
}
void multiply_lanes(const float* a, const float* b, float* y, std::size_t size) {
  apply_to_lanes(size, Multiply{a, b, y});
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {

HWY_EXPORT(dot_lanes);
HWY_EXPORT(scale_lanes);
HWY_EXPORT(add_lanes);
HWY_EXPORT(multiply_lanes);
HWY_EXPORT(scale_rows_lanes);
HWY_EXPORT(column_sums_lanes);
HWY_EXPORT(column_dots_lanes);
HWY_EXPORT(transpose_lanes);

float dot(std::span<const float> a, std::span<const float> b) {
  assert(a.size() == b.size());
  return HWY_DYNAMIC_DISPATCH(dot_lanes)(a.data(), b.data(), a.size());
}

void scale(float alpha, std::span<const float> x, std::span<float> y) {
  assert(x.size() == y.size());
  HWY_DYNAMIC_DISPATCH(scale_lanes)(alpha, x.data(), y.data(), y.size());
}

void add(std::span<const float> a, std::span<const float> b, std::span<float> y) {
  assert(a.size() == y.size() && b.size() == y.size());
  HWY_DYNAMIC_DISPATCH(add_lanes)(a.data(), b.data(), y.data(), y.size());
}

void multiply(std::span<const float> a, std::span<const float> b, std::span<float> y) {
  assert(a.size() == y.size() && b.size() == y.size());
  HWY_DYNAMIC_DISPATCH(multiply_lanes)(a.data(), b.data(), y.data(), y.size());
}

void scale_rows(std::span<const float> factors, std::span<const float> x, std::span<float> y) {
  const std::size_t width = factors.empty() ? 0 : x.size() / factors.size();
  assert(x.size() == factors.size() * width && y.size() == x.size());
  HWY_DYNAMIC_DISPATCH(scale_rows_lanes)(factors.data(), x.data(), y.data(), factors.size(), width);
}

void column_sums(std::span<const float> x, std::size_t stride, std::span<float> y) {
  assert(stride >= y.size() && stride > 0);
  const std::size_t rows = x.size() < y.size() || y.empty() ? 0 : (x.size() - y.size()) / stride + 1;
  HWY_DYNAMIC_DISPATCH(column_sums_lanes)(x.data(), stride, rows, y.data(), y.size());
}

void column_dots(std::span<const float> a, std::span<const float> b, std::span<float> y) {
  const std::size_t rows = y.empty() ? 0 : a.size() / y.size();
  assert(a.size() == rows * y.size() && b.size() == a.size());
  HWY_DYNAMIC_DISPATCH(column_dots_lanes)(a.data(), b.data(), rows, y.data(), y.size());
}

void transpose(std::span<const float> x, std::size_t columns, std::span<float> y, std::size_t y_stride) {
  const std::size_t rows = columns == 0 ? 0 : x.size() / columns;
  assert(x.size() == rows * columns && y_stride >= rows);
  assert(x.empty() || y.size() >= (columns - 1) * y_stride + rows);
  HWY_DYNAMIC_DISPATCH(transpose_lanes)(x.data(), rows, columns, y.data(), y_stride);
}

}  // namespace inkling::math
#endif  // HWY_ONCE
