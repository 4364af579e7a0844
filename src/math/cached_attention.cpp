// A block of rows passes the columns together: each vector of column factors is read once for all of them, and no exp
// waits for another. The block's exps stay in L1 until its rows' sums are known.
#include "math/cached_attention.h"

#include <cassert>
#include <cmath>
#include <limits>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/cached_attention.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/curves-inl.h"
#include "math/lanes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

constexpr float kLog2E = 1.44269504f;
// Scores (as powers of two) up to which exps and their sums are far from either end of a float's range.
constexpr float kUnshifted = 60.0f;

// x_r = 2^x_r: a polynomial of degree 5 over one unit, our own fit by Remez' algorithm, relative error 8e-8. Far
// below -126 the result is next to nothing, with the instruction nothing. Step by step for all at once: one chain
// after the other would fill the processor's queues with instructions that wait.
template <std::size_t kCount, class D>
HWY_INLINE void powers_of_two(D d, hn::Vec<D>* x) {
  hn::Vec<D> p[kCount], r[kCount];
#if INKLING_MATH_HAS_SCALEF
  constexpr bool kWhole = sizeof(hn::Vec<D>) == 64;
#else
  constexpr bool kWhole = false;
#endif
  // Over [0, 1) where the scaling takes floor(x) itself, else over [-1/2, 1/2].
  constexpr float kFactors[] = {
      kWhole ? 9.999999251e-1f : 1.000000072f,    kWhole ? 6.931530732e-1f : 6.931469671e-1f,
      kWhole ? 2.401536170e-1f : 2.402211972e-1f, kWhole ? 5.582631805e-2f : 5.550713274e-2f,
      kWhole ? 8.989340095e-3f : 9.675541334e-3f, kWhole ? 1.877576673e-3f : 1.327647198e-3f};
  INKLING_UNROLL
  for (std::size_t i = 0; i < kCount; ++i) {
#if INKLING_MATH_HAS_SCALEF
    if constexpr (kWhole) {
      r[i] = hn::Vec<D>{_mm512_reduce_ps(x[i].raw, 0x09)};
      continue;
    }
#endif
    x[i] = at_least(d, -126.0f, x[i]);
    r[i] = hn::Sub(x[i], hn::Round(x[i]));
  }
  INKLING_UNROLL
  for (std::size_t i = 0; i < kCount; ++i) p[i] = hn::MulAdd(r[i], hn::Set(d, kFactors[5]), hn::Set(d, kFactors[4]));
  INKLING_UNROLL
  for (std::size_t k = 4; k > 0; --k) {
    INKLING_UNROLL
    for (std::size_t i = 0; i < kCount; ++i) p[i] = hn::MulAdd(r[i], p[i], hn::Set(d, kFactors[k - 1]));
  }
  INKLING_UNROLL
  for (std::size_t i = 0; i < kCount; ++i) {
#if INKLING_MATH_HAS_SCALEF
    if constexpr (kWhole) {
      x[i] = hn::Vec<D>{_mm512_scalef_ps(p[i].raw, x[i].raw)};
      continue;
    }
#endif
    x[i] = times_power_of_two(d, p[i], hn::Sub(x[i], r[i]));
  }
}

// How many rows pass the columns together. Fewer would save a page 1 KB and cost it a tenth of an event.
inline constexpr std::size_t kRowsTogether = kSmallCode ? 4 : kPooledRows;

// Rows of the same block.
struct Block {
  const float* products;
  std::size_t stride;  // of products
  const float* row_factors;
  const float* column_factors;
  const float* column_terms;
  std::size_t columns;
  float* exps;  // [rows x columns]
};

// The scores of one group of columns as powers of two, before a row's factor comes in.
template <class D>
struct ColumnGroupOf {
  HWY_INLINE ColumnGroupOf(D d, const Block& block, std::size_t column)
      : factor(hn::Mul(hn::Set(d, kLog2E), hn::LoadU(d, block.column_factors + column))),
        term(hn::Mul(hn::Set(d, kLog2E), hn::LoadU(d, block.column_terms + column))) {}
  HWY_INLINE hn::Vec<D> score(D d, const Block& block, std::size_t row, std::size_t column) const {
    const auto product = hn::LoadU(d, block.products + row * block.stride + column);
    return hn::MulAdd(hn::Mul(product, hn::Set(d, block.row_factors[row])), factor, term);
  }
  hn::Vec<D> factor, term;
};

// The exps of a block into its place, where kWeighed times their column's factor; totals = sum of each row of exps.
template <std::size_t kRows, bool kShifted, bool kWeighed>
HWY_INLINE void block_exps(const Block block, const float* shifts, float* totals) {
  constexpr std::size_t kTogether = kRows < 5 ? kRows : 5;
  static_assert(kRows % kTogether == 0);
  const WideTag d;
  hn::Vec<WideTag> sums[kRows];
  INKLING_UNROLL
  for (std::size_t r = 0; r < kRows; ++r) sums[r] = hn::Zero(d);
  for (std::size_t column = 0; column < block.columns; column += hn::Lanes(d)) {
    const ColumnGroupOf<WideTag> group(d, block, column);
    INKLING_UNROLL
    for (std::size_t first = 0; first < kRows; first += kTogether) {
      hn::Vec<WideTag> e[kTogether];
      INKLING_UNROLL
      for (std::size_t r = 0; r < kTogether; ++r) {
        __builtin_prefetch(block.products + (first + r + kRows) * block.stride + column);
        e[r] = group.score(d, block, first + r, column);
        if (kShifted) e[r] = hn::Sub(e[r], hn::Set(d, shifts[first + r]));
      }
      powers_of_two<kTogether>(d, e);
      INKLING_UNROLL
      for (std::size_t r = 0; r < kTogether; ++r) {
        sums[first + r] = hn::Add(sums[first + r], e[r]);
        if (kWeighed) e[r] = hn::Mul(e[r], hn::LoadU(d, block.column_factors + column));
        hn::StoreU(e[r], d, block.exps + (first + r) * block.columns + column);
      }
    }
  }
  INKLING_UNROLL
  for (std::size_t r = 0; r < kRows; ++r) totals[r] = hn::GetLane(hn::SumOfLanes(d, sums[r]));
}

float highest_score(const Block& block, std::size_t row) {
  const WideTag d;
  auto best = hn::Set(d, -std::numeric_limits<float>::infinity());
  for (std::size_t column = 0; column < block.columns; column += hn::Lanes(d)) {
    best = hn::Max(best, ColumnGroupOf<WideTag>(d, block, column).score(d, block, row, column));
  }
  return hn::GetLane(hn::MaxOfLanes(d, best));
}

// The largest magnitudes of the column factors, and of the terms that count.
struct ColumnBounds {
  ColumnBounds(const float* column_factors, const float* column_terms, std::size_t columns) {
    const WideTag d;
    auto factors = hn::Zero(d), terms = hn::Zero(d);
    const auto nothing = hn::Set(d, -std::numeric_limits<float>::infinity());
    for (std::size_t column = 0; column < columns; column += hn::Lanes(d)) {
      factors = hn::Max(factors, hn::Abs(hn::LoadU(d, column_factors + column)));
      const auto each = hn::LoadU(d, column_terms + column);
      terms = hn::Max(terms, hn::IfThenZeroElse(hn::Eq(each, nothing), hn::Abs(each)));
    }
    factor = kLog2E * hn::GetLane(hn::MaxOfLanes(d, factors));
    term = kLog2E * hn::GetLane(hn::MaxOfLanes(d, terms));
  }
  [[nodiscard]] bool small(float row_factor, float bound) const {
    return std::abs(row_factor) * bound * factor + term <= kUnshifted;  // false for NaN
  }
  float factor, term;
};

template <std::size_t kRows, bool kWeighed>
void exps_of_rows(const Block& block, const ColumnBounds& bounds, const float* row_bounds, float* totals,
                  float* shifts) {
  bool small = true;
  for (std::size_t r = 0; r < kRows; ++r) small = small && bounds.small(block.row_factors[r], row_bounds[r]);
  for (std::size_t r = 0; r < kRows; ++r) shifts[r] = small ? 0.0f : highest_score(block, r);
  if (small) return block_exps<kRows, false, kWeighed>(block, shifts, totals);
  block_exps<kRows, true, kWeighed>(block, shifts, totals);
}

Block block_at(const ScaledScores& scores, std::size_t row, float* exps) {
  return {scores.products.data() + row * scores.stride,
          scores.stride,
          scores.row_factors.data() + row,
          scores.column_factors.data(),
          scores.column_terms.data(),
          scores.columns(),
          exps};
}

ColumnBounds bounds_of(const ScaledScores& scores) {
  return {scores.column_factors.data(), scores.column_terms.data(), scores.columns()};
}

void attention_rows_lanes(const ScaledScores& scores, float* weighed, float* sums, float* shifts) {
  const ColumnBounds bounds = bounds_of(scores);
  const float* row_bounds = scores.bounds.data();
  std::size_t row = 0;
  for (; row + kRowsTogether <= scores.rows(); row += kRowsTogether) {
    exps_of_rows<kRowsTogether, true>(block_at(scores, row, weighed + row * scores.columns()), bounds,
                                      row_bounds + row, sums + row, shifts + row);
  }
  for (; kRowsTogether > 1 && row < scores.rows(); ++row) {
    exps_of_rows<1, true>(block_at(scores, row, weighed + row * scores.columns()), bounds, row_bounds + row,
                          sums + row, shifts + row);
  }
}

// sums += factors^T exps.
template <std::size_t kRows>
HWY_INLINE void add_rows(const Block& block, const float* factors, float* sums) {
  const WideTag d;
  for (std::size_t column = 0; column < block.columns; column += hn::Lanes(d)) {
    auto sum = hn::LoadU(d, sums + column);
    INKLING_UNROLL
    for (std::size_t r = 0; r < kRows; ++r) {
      sum = hn::MulAdd(hn::Set(d, factors[r]), hn::LoadU(d, block.exps + r * block.columns + column), sum);
    }
    hn::StoreU(sum, d, sums + column);
  }
}

void pick_row(const Block& block, std::size_t row, float factor, float* picked) {
  const WideTag d;
  const float* from = block.exps + row * block.columns;
  for (std::size_t column = 0; column < block.columns; column += hn::Lanes(d)) {
    hn::StoreU(hn::Mul(hn::Set(d, factor), hn::LoadU(d, from + column)), d, picked + column);
  }
}

void attention_sums_lanes(const ScaledScores& scores, std::size_t row, float* sums, float* picked, float* scratch) {
  const ColumnBounds bounds = bounds_of(scores);
  const float* row_bounds = scores.bounds.data();
  float factors[kRowsTogether], shifts[kRowsTogether];
  std::size_t first = 0;
  for (; first + kRowsTogether <= scores.rows(); first += kRowsTogether) {
    const Block block = block_at(scores, first, scratch);
    exps_of_rows<kRowsTogether, false>(block, bounds, row_bounds + first, factors, shifts);
    for (float& factor : factors) factor = 1.0f / factor;
    add_rows<kRowsTogether>(block, factors, sums);
    if (row >= first && row < first + kRowsTogether) pick_row(block, row - first, factors[row - first], picked);
  }
  for (; kRowsTogether > 1 && first < scores.rows(); ++first) {
    const Block block = block_at(scores, first, scratch);
    exps_of_rows<1, false>(block, bounds, row_bounds + first, factors, shifts);
    factors[0] = 1.0f / factors[0];
    add_rows<1>(block, factors, sums);
    if (row == first) pick_row(block, 0, factors[0], picked);
  }
}

// Four rows at a time, each with a sum of its own, so that no addition waits for the one before.
struct AddWeighedDots {
  const float* factors;
  const float* a;
  const float* b;
  float* y;
  std::size_t rows;
  std::size_t width;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    constexpr std::size_t kTogether = 4;
    if constexpr (kSmallCode) {
      auto sum = hn::LoadU(d, y + i);
      for (std::size_t t = 0; t < rows; ++t) sum = add_row(d, t, i, sum);
      return hn::StoreU(sum, d, y + i);
    }
    hn::Vec<D> sums[kTogether];
    INKLING_UNROLL
    for (std::size_t k = 0; k < kTogether; ++k) sums[k] = hn::Zero(d);
    std::size_t t = 0;
    for (; t + kTogether <= rows; t += kTogether) {
      INKLING_UNROLL
      for (std::size_t k = 0; k < kTogether; ++k) sums[k] = add_row(d, t + k, i, sums[k]);
    }
    for (; t < rows; ++t) sums[0] = add_row(d, t, i, sums[0]);
    const auto all = hn::Add(hn::Add(sums[0], sums[1]), hn::Add(sums[2], sums[3]));
    hn::StoreU(hn::Add(hn::LoadU(d, y + i), all), d, y + i);
  }
  template <class D>
  HWY_INLINE hn::Vec<D> add_row(D d, std::size_t t, std::size_t i, hn::Vec<D> sum) const {
    const auto weighed = hn::Mul(hn::Set(d, factors[t]), hn::LoadU(d, a + t * width + i));
    return hn::MulAdd(weighed, hn::LoadU(d, b + t * width + i), sum);
  }
};

void add_weighed_dots_lanes(const float* factors, const float* a, const float* b, float* y, std::size_t rows,
                            std::size_t width) {
  apply_to_lanes(width, AddWeighedDots{factors, a, b, y, rows, width});
}

float row_dot(const float* row, const float* x, std::size_t size) {
  const WideTag d;
  auto wide_sum = hn::Zero(d);
  std::size_t i = 0;
  for (; i + hn::Lanes(d) <= size; i += hn::Lanes(d)) {
    wide_sum = hn::MulAdd(hn::LoadU(d, row + i), hn::LoadU(d, x + i), wide_sum);
  }
  float sum = hn::GetLane(hn::SumOfLanes(d, wide_sum));
  for (; i < size; ++i) sum += row[i] * x[i];
  return sum;
}

void row_dots_lanes(const float* rows, const float* x, std::size_t size, float* y, std::size_t count,
                    std::size_t stride) {
  for (std::size_t j = 0; j < count; ++j) y[j * stride] = row_dot(rows + j * size, x, size);
}

// weights / (1 + key shift): tanh(k + g) = 1 - 2 / (1 + e^2(k + g)). The sum stops where its inverse is long nothing,
// so that no infinity meets a nought.
template <class D>
HWY_INLINE hn::Vec<D> weighed_inverse(D d, const float* key, const float* shift, const float* weights) {
  const auto sum = hn::MulAdd(hn::LoadU(d, key), hn::LoadU(d, shift), hn::Set(d, 1.0f));
#if INKLING_MATH_HAS_SCALEF
  if constexpr (sizeof(sum) == 64) {
    const auto bounded = hn::Min(sum, hn::Set(d, 1e30f));
    const hn::Vec<D> guess{_mm512_rcp14_ps(bounded.raw)};
    const auto twice = hn::NegMulAdd(bounded, guess, hn::Set(d, 2.0f));
    return hn::Mul(hn::Mul(hn::LoadU(d, weights), guess), twice);
  }
#endif
  return hn::Div(hn::LoadU(d, weights), sum);
}

void tanh_dots_of_exps_lanes(const float* keys, const float* shift, const float* weights, std::size_t size, float* y,
                             std::size_t count) {
  const WideTag d;
  const SingleTag single;
  float all = 0.0f;
  for (std::size_t i = 0; i < size; ++i) all += weights[i];
  for (std::size_t j = 0; j < count; ++j, keys += size) {
    auto wide_sum = hn::Zero(d);
    std::size_t i = 0;
    for (; i + hn::Lanes(d) <= size; i += hn::Lanes(d)) {
      wide_sum = hn::Add(wide_sum, weighed_inverse(d, keys + i, shift + i, weights + i));
    }
    float sum = hn::GetLane(hn::SumOfLanes(d, wide_sum));
    for (; i < size; ++i) sum += hn::GetLane(weighed_inverse(single, keys + i, shift + i, weights + i));
    y[j] = all - 2.0f * sum;
  }
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {

HWY_EXPORT(attention_rows_lanes);
HWY_EXPORT(attention_sums_lanes);
HWY_EXPORT(add_weighed_dots_lanes);
HWY_EXPORT(row_dots_lanes);
HWY_EXPORT(tanh_dots_of_exps_lanes);

namespace {

[[maybe_unused]] bool fits(const ScaledScores& scores) {
  return scores.columns() % kColumnGroup == 0 && scores.column_terms.size() == scores.columns() &&
         scores.bounds.size() == scores.rows() && scores.stride >= scores.columns() &&
         (scores.rows() == 0 || scores.products.size() >= (scores.rows() - 1) * scores.stride + scores.columns());
}

}  // namespace

void cached_attention_rows(const ScaledScores& scores, std::span<float> weighed, std::span<float> sums,
                           std::span<float> shifts) {
  assert(fits(scores) && weighed.size() == scores.rows() * scores.columns());
  assert(sums.size() == scores.rows() && shifts.size() == scores.rows());
  HWY_DYNAMIC_DISPATCH(attention_rows_lanes)(scores, weighed.data(), sums.data(), shifts.data());
}

void add_weighed_dots(std::span<const float> factors, std::span<const float> a, std::span<const float> b,
                      std::span<float> y) {
  assert(a.size() == factors.size() * y.size() && b.size() == a.size());
  HWY_DYNAMIC_DISPATCH(add_weighed_dots_lanes)
  (factors.data(), a.data(), b.data(), y.data(), factors.size(), y.size());
}

void cached_attention_sums(const ScaledScores& scores, std::size_t row, std::span<float> sums,
                           std::span<float> picked, std::span<float> scratch) {
  assert(fits(scores) && row < scores.rows() && sums.size() == scores.columns() && picked.size() == sums.size());
  assert(scratch.size() >= kPooledRows * scores.columns());
  for (float& sum : sums) sum = 0.0f;
  HWY_DYNAMIC_DISPATCH(attention_sums_lanes)(scores, row, sums.data(), picked.data(), scratch.data());
}

void row_dots(std::span<const float> rows, std::span<const float> x, std::span<float> y, std::size_t stride) {
  if (x.empty() || rows.empty()) return;
  const std::size_t count = rows.size() / x.size();
  assert(rows.size() == count * x.size() && stride > 0 && y.size() > (count - 1) * stride);
  HWY_DYNAMIC_DISPATCH(row_dots_lanes)(rows.data(), x.data(), x.size(), y.data(), count, stride);
}

void tanh_dots_of_exps(std::span<const float> exp_keys, std::span<const float> exp_shift,
                       std::span<const float> weights, std::span<float> y) {
  assert(exp_keys.size() == y.size() * weights.size() && exp_shift.size() == weights.size());
  HWY_DYNAMIC_DISPATCH(tanh_dots_of_exps_lanes)
  (exp_keys.data(), exp_shift.data(), weights.data(), weights.size(), y.data(), y.size());
}

}  // namespace inkling::math
#endif  // HWY_ONCE
