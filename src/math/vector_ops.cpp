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

struct Axpy {
  float alpha;
  const float* x;
  float* y;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    hn::StoreU(hn::MulAdd(hn::Set(d, alpha), hn::LoadU(d, x + i), hn::LoadU(d, y + i)), d, y + i);
  }
};

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

void axpy_lanes(float alpha, const float* x, float* y, std::size_t size) {
  apply_to_lanes(size, Axpy{alpha, x, y});
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
HWY_EXPORT(axpy_lanes);
HWY_EXPORT(scale_lanes);
HWY_EXPORT(add_lanes);
HWY_EXPORT(multiply_lanes);

float dot(std::span<const float> a, std::span<const float> b) {
  assert(a.size() == b.size());
  return HWY_DYNAMIC_DISPATCH(dot_lanes)(a.data(), b.data(), a.size());
}

void axpy(float alpha, std::span<const float> x, std::span<float> y) {
  assert(x.size() == y.size());
  HWY_DYNAMIC_DISPATCH(axpy_lanes)(alpha, x.data(), y.data(), y.size());
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

}  // namespace inkling::math
#endif  // HWY_ONCE
