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
  float shift;  // y = exp(x - shift)
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    hn::StoreU(exp_of(d, hn::Sub(hn::LoadU(d, x + i), hn::Set(d, shift))), d, y + i);
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

float highest(const float* row, std::size_t size) {
  const WideTag d;
  const std::size_t lanes = hn::Lanes(d);
  auto best = hn::Set(d, -std::numeric_limits<float>::infinity());
  std::size_t i = 0;
  for (; i + lanes <= size; i += lanes) best = hn::Max(best, hn::LoadU(d, row + i));
  float result = hn::GetLane(hn::MaxOfLanes(d, best));
  for (; i < size; ++i) result = result < row[i] ? row[i] : result;
  return result;
}

float sum(const float* row, std::size_t size) {
  const WideTag d;
  const std::size_t lanes = hn::Lanes(d);
  auto total = hn::Zero(d);
  std::size_t i = 0;
  for (; i + lanes <= size; i += lanes) total = hn::Add(total, hn::LoadU(d, row + i));
  float result = hn::GetLane(hn::SumOfLanes(d, total));
  for (; i < size; ++i) result += row[i];
  return result;
}

void exp_lanes(const float* x, float* y, std::size_t size) {
  apply_to_lanes(size, Exp{x, y, 0.0f});
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

void softmax_lanes(float* row, std::size_t size) {
  if (size == 0) return;
  apply_to_lanes(size, Exp{row, row, highest(row, size)});
  apply_to_lanes(size, ScaleInPlace{1.0f / sum(row, size), row});
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
HWY_EXPORT(softmax_lanes);

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

void softmax(std::span<float> row) {
  HWY_DYNAMIC_DISPATCH(softmax_lanes)(row.data(), row.size());
}

}  // namespace inkling::math
#endif  // HWY_ONCE
