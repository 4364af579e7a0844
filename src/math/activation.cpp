#include "math/activation.h"

#include <cassert>
#include <cstddef>
#include <limits>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/activation.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/curves-inl.h"
#include "math/lanes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

struct Exp {
  const float* x;
  float* y;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    hn::StoreU(exp_of(d, hn::LoadU(d, x + i)), d, y + i);
  }
};

struct Tanh {
  const float* x;
  float* y;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    hn::StoreU(tanh_of(d, hn::LoadU(d, x + i)), d, y + i);
  }
};

struct Sigmoid {
  const float* x;
  float* y;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    hn::StoreU(sigmoid_of(d, hn::LoadU(d, x + i)), d, y + i);
  }
};

// A comparison instead of Max, which drops NaN on some machines.
struct Relu {
  const float* x;
  float* y;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    const auto value = hn::LoadU(d, x + i);
    hn::StoreU(hn::IfThenElse(hn::Lt(value, hn::Zero(d)), hn::Zero(d), value), d, y + i);
  }
};

struct ScaleInPlace {
  float alpha;
  float* y;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    hn::StoreU(hn::Mul(hn::Set(d, alpha), hn::LoadU(d, y + i)), d, y + i);
  }
};

// Where a masked load or store touches nothing outside the mask, a row's last, partial vector costs as much as a
// whole one; elsewhere it goes in groups of four and single floats.
inline constexpr bool kMaskedTails = HWY_MEM_OPS_MIGHT_FAULT == 0 && HWY_MAX_BYTES >= 64;
constexpr float kMinusInfinity = -std::numeric_limits<float>::infinity();

// A sum or maximum over a row before its lanes are joined: what it has of whole vectors, and of the rest.
struct Partial {
  hn::Vec<WideTag> wide;
  float rest;
};

Partial highest(const float* row, std::size_t size) {
  const WideTag d;
  const std::size_t lanes = hn::Lanes(d);
  Partial best{hn::Set(d, kMinusInfinity), kMinusInfinity};
  std::size_t i = 0;
  for (; i + lanes <= size; i += lanes) best.wide = hn::Max(best.wide, hn::LoadU(d, row + i));
  if constexpr (kMaskedTails) {
    const auto tail = hn::FirstN(d, size - i);
    best.wide = hn::Max(best.wide, hn::IfThenElse(tail, hn::MaskedLoad(tail, d, row + i), best.wide));
    i = size;
  }
  for (; i < size; ++i) best.rest = best.rest < row[i] ? row[i] : best.rest;
  return best;
}

float joined_highest(const Partial& best) {
  const WideTag d;
  const float wide = hn::GetLane(hn::MaxOfLanes(d, best.wide));
  return wide < best.rest ? best.rest : wide;
}

template <class D>
HWY_INLINE hn::Vec<D> shifted_exp(D d, hn::Vec<D> x, float shift) {
  return exp_of_negative(d, hn::Sub(x, hn::Set(d, shift)));
}

// Entries [begin, end) of row = exp(row - shift), as many as fill groups of D; returns their sum and moves begin.
template <class D>
HWY_INLINE hn::Vec<D> exp_and_sum_groups(D d, float* row, std::size_t& begin, std::size_t end, float shift) {
  auto sum = hn::Zero(d);
  for (; begin + hn::Lanes(d) <= end; begin += hn::Lanes(d)) {
    const auto e = shifted_exp(d, hn::LoadU(d, row + begin), shift);
    hn::StoreU(e, d, row + begin);
    sum = hn::Add(sum, e);
  }
  if constexpr (kMaskedTails) {
    const auto tail = hn::FirstN(d, end - begin);
    const auto e = hn::IfThenElseZero(tail, shifted_exp(d, hn::MaskedLoad(tail, d, row + begin), shift));
    hn::BlendedStore(e, tail, d, row + begin);
    sum = hn::Add(sum, e);
    begin = end;
  }
  return sum;
}

// row = exp(row - shift); returns its sum.
Partial exp_and_sum(float* row, std::size_t size, float shift) {
  std::size_t done = 0;
  Partial sum{exp_and_sum_groups(WideTag(), row, done, size, shift), 0.0f};
  if (kMaskedTails) return sum;
  const QuadTag quad;
  const SingleTag single;
  sum.rest = hn::GetLane(hn::SumOfLanes(quad, exp_and_sum_groups(quad, row, done, size, shift)));
  sum.rest += hn::GetLane(exp_and_sum_groups(single, row, done, size, shift));
  return sum;
}

float joined_sum(const Partial& sum) {
  const WideTag d;
  return hn::GetLane(hn::SumOfLanes(d, sum.wide)) + sum.rest;
}

void scale_row(float* row, std::size_t size, float factor) {
  if constexpr (kMaskedTails) {
    const WideTag d;
    const auto alpha = hn::Set(d, factor);
    std::size_t i = 0;
    for (; i + hn::Lanes(d) <= size; i += hn::Lanes(d)) {
      hn::StoreU(hn::Mul(alpha, hn::LoadU(d, row + i)), d, row + i);
    }
    const auto tail = hn::FirstN(d, size - i);
    hn::BlendedStore(hn::Mul(alpha, hn::MaskedLoad(tail, d, row + i)), tail, d, row + i);
  } else {
    apply_to_lanes(size, ScaleInPlace{factor, row});
  }
}

float tanh_dot(const float* row, const float* weights, std::size_t size) {
  const WideTag d;
  auto wide_sum = hn::Zero(d);
  std::size_t i = 0;
  for (; i + hn::Lanes(d) <= size; i += hn::Lanes(d)) {
    wide_sum = hn::MulAdd(hn::LoadU(d, weights + i), tanh_of(d, hn::LoadU(d, row + i)), wide_sum);
  }
  float sum = hn::GetLane(hn::SumOfLanes(d, wide_sum));
  const SingleTag single;
  for (; i < size; ++i) sum += weights[i] * hn::GetLane(tanh_of(single, hn::LoadU(single, row + i)));
  return sum;
}

void exp_lanes(const float* x, float* y, std::size_t size) {
  apply_to_lanes(size, Exp{x, y});
}
void tanh_lanes(const float* x, float* y, std::size_t size) {
  apply_to_lanes(size, Tanh{x, y});
}
void sigmoid_lanes(const float* x, float* y, std::size_t size) {
  apply_to_lanes(size, Sigmoid{x, y});
}
void relu_lanes(const float* x, float* y, std::size_t size) {
  apply_to_lanes(size, Relu{x, y});
}

// Some rows take each pass together: within one row each pass, and each joining of lanes, waits for the last one.
void exp_rows_lanes(float* rows, std::size_t count, std::size_t size, std::size_t stride, float* factors) {
  constexpr std::size_t kTogether = 8;
  Partial partials[kTogether];
  float shifts[kTogether];
  for (std::size_t first = 0; first < count; first += kTogether) {
    const std::size_t several = count - first < kTogether ? count - first : kTogether;
    float* begin = rows + first * stride;
    for (std::size_t j = 0; j < several; ++j) partials[j] = highest(begin + j * stride, size);
    for (std::size_t j = 0; j < several; ++j) shifts[j] = joined_highest(partials[j]);
    for (std::size_t j = 0; j < several; ++j) partials[j] = exp_and_sum(begin + j * stride, size, shifts[j]);
    for (std::size_t j = 0; j < several; ++j) factors[first + j] = 1.0f / joined_sum(partials[j]);
  }
}

void softmax_rows_lanes(float* rows, std::size_t count, std::size_t size, std::size_t stride) {
  constexpr std::size_t kTogether = 8;
  float factors[kTogether];
  for (std::size_t first = 0; first < count; first += kTogether) {
    const std::size_t several = count - first < kTogether ? count - first : kTogether;
    float* begin = rows + first * stride;
    exp_rows_lanes(begin, several, size, stride, factors);
    for (std::size_t j = 0; j < several; ++j) scale_row(begin + j * stride, size, factors[j]);
  }
}

void tanh_dots_lanes(const float* rows, const float* weights, std::size_t size, float* y, std::size_t count) {
  for (std::size_t j = 0; j < count; ++j) y[j] = tanh_dot(rows + j * size, weights, size);
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {

HWY_EXPORT(exp_lanes);
HWY_EXPORT(tanh_lanes);
HWY_EXPORT(sigmoid_lanes);
HWY_EXPORT(relu_lanes);
HWY_EXPORT(softmax_rows_lanes);
HWY_EXPORT(exp_rows_lanes);
HWY_EXPORT(tanh_dots_lanes);

void exp(std::span<const float> x, std::span<float> y) {
  assert(x.size() == y.size());
  HWY_DYNAMIC_DISPATCH(exp_lanes)(x.data(), y.data(), y.size());
}

void tanh(std::span<const float> x, std::span<float> y) {
  assert(x.size() == y.size());
  HWY_DYNAMIC_DISPATCH(tanh_lanes)(x.data(), y.data(), y.size());
}

void sigmoid(std::span<const float> x, std::span<float> y) {
  assert(x.size() == y.size());
  HWY_DYNAMIC_DISPATCH(sigmoid_lanes)(x.data(), y.data(), y.size());
}

void relu(std::span<const float> x, std::span<float> y) {
  assert(x.size() == y.size());
  HWY_DYNAMIC_DISPATCH(relu_lanes)(x.data(), y.data(), y.size());
}

void softmax_rows(std::span<float> rows, std::size_t size, std::size_t stride) {
  assert(stride >= size);
  if (size == 0 || rows.size() < size) return;
  HWY_DYNAMIC_DISPATCH(softmax_rows_lanes)(rows.data(), (rows.size() - size) / stride + 1, size, stride);
}

void exp_rows(std::span<float> rows, std::size_t size, std::size_t stride, std::span<float> factors) {
  assert(stride >= size && size > 0);
  assert(factors.empty() || rows.size() >= (factors.size() - 1) * stride + size);
  HWY_DYNAMIC_DISPATCH(exp_rows_lanes)(rows.data(), factors.size(), size, stride, factors.data());
}

void tanh_dots(std::span<const float> rows, std::span<const float> weights, std::span<float> y) {
  assert(rows.size() == weights.size() * y.size());
  HWY_DYNAMIC_DISPATCH(tanh_dots_lanes)(rows.data(), weights.data(), weights.size(), y.data(), y.size());
}

}  // namespace inkling::math
#endif  // HWY_ONCE
