// W x with weights in bf16 and everything else in float: a 32-bit lane holds two neighbouring weights of one output;
// shifted up it is the even one as a float, with its lower half cleared the odd one.
#include <cstddef>
#include <cstdint>

#include "math/half_kernels.h"

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/half_wide_bf16.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/lanes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

using half::VectorTask;

// The pairs of weights of some outputs; the next terms' stand a line of 16 pairs further on.
HWY_INLINE const std::uint32_t* weights_of(const VectorTask& task, std::size_t output) {
  const HalfLine* panel = task.panels + output / kPanelColumns * kPanelColumns * task.depth;
  return reinterpret_cast<const std::uint32_t*>(panel) + output % kPanelColumns;
}

template <class D>
HWY_INLINE void add_pair(D d, const std::uint32_t* weights, hn::Vec<D> x0, hn::Vec<D> x1, hn::Vec<D>& even,
                         hn::Vec<D>& odd) {
  const hn::RebindToUnsigned<D> bits;
  const auto both = hn::LoadU(bits, weights);
  even = hn::MulAdd(x0, hn::BitCast(d, hn::ShiftLeft<16>(both)), even);
  odd = hn::MulAdd(x1, hn::BitCast(d, hn::And(both, hn::Set(bits, 0xFFFF0000U))), odd);
}

// Four vectors of outputs at once, in eight sums: enough to hide the latency of an FMA. Named, because vectors of
// unknown size cannot be array elements.
template <class D>
HWY_INLINE void four_vectors(D d, const VectorTask& task, std::size_t output) {
  const std::size_t lanes = hn::Lanes(d);
  const std::uint32_t* w0 = weights_of(task, output);
  const std::uint32_t* w1 = weights_of(task, output + lanes);
  const std::uint32_t* w2 = weights_of(task, output + 2 * lanes);
  const std::uint32_t* w3 = weights_of(task, output + 3 * lanes);
  const float* start = task.start + output;
  auto s0 = hn::LoadU(d, start), s1 = hn::LoadU(d, start + lanes);
  auto s2 = hn::LoadU(d, start + 2 * lanes), s3 = hn::LoadU(d, start + 3 * lanes);
  auto u0 = hn::Zero(d), u1 = hn::Zero(d), u2 = hn::Zero(d), u3 = hn::Zero(d);
  for (std::size_t t = 0; t < task.inputs; t += 2) {
    const auto x0 = hn::Set(d, task.x[t]);
    const auto x1 = hn::Set(d, t + 1 < task.inputs ? task.x[t + 1] : 0.0f);
    add_pair(d, w0 + t / 2 * kPanelColumns, x0, x1, s0, u0);
    add_pair(d, w1 + t / 2 * kPanelColumns, x0, x1, s1, u1);
    add_pair(d, w2 + t / 2 * kPanelColumns, x0, x1, s2, u2);
    add_pair(d, w3 + t / 2 * kPanelColumns, x0, x1, s3, u3);
  }
  float* y = task.y + output;
  hn::StoreU(hn::Add(s0, u0), d, y);
  hn::StoreU(hn::Add(s1, u1), d, y + lanes);
  hn::StoreU(hn::Add(s2, u2), d, y + 2 * lanes);
  hn::StoreU(hn::Add(s3, u3), d, y + 3 * lanes);
}

template <class D>
HWY_INLINE void one_vector(D d, const VectorTask& task, std::size_t output) {
  const std::uint32_t* weights = weights_of(task, output);
  auto even = hn::LoadU(d, task.start + output), odd = hn::Zero(d);
  for (std::size_t t = 0; t < task.inputs; t += 2) {
    const auto x1 = hn::Set(d, t + 1 < task.inputs ? task.x[t + 1] : 0.0f);
    add_pair(d, weights + t / 2 * kPanelColumns, hn::Set(d, task.x[t]), x1, even, odd);
  }
  hn::StoreU(hn::Add(even, odd), d, task.y + output);
}

void vector_lanes(const VectorTask& task) {
  const WideTag d;
  const std::size_t outputs = task.count * kPanelColumns;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t output = 0;
  for (; output + 4 * lanes <= outputs; output += 4 * lanes) four_vectors(d, task, output);
  for (; output < outputs; output += lanes) one_vector(d, task, output);
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math::half {

HWY_EXPORT(vector_lanes);

void vector_wide_bf16(const VectorTask& task) {
  HWY_DYNAMIC_DISPATCH(vector_lanes)(task);
}

}  // namespace inkling::math::half
#endif  // HWY_ONCE
