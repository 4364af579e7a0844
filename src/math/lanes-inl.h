// Walks a vector lane group by lane group: whole SIMD vectors first, then groups of four, then single floats, so that
// no load or store ever touches memory past the end. Included once per instruction set (Highway's foreach_target).
//
// An operation is a struct with  template <class D> void operator()(D d, std::size_t i) const  that handles the
// Lanes(d) elements from i on; each element's result must not depend on the size of its group.
#if defined(INKLING_MATH_LANES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef INKLING_MATH_LANES_INL_H_
#undef INKLING_MATH_LANES_INL_H_
#else
#define INKLING_MATH_LANES_INL_H_
#endif

#include <cstddef>

#include "hwy/highway.h"

// Before a loop over a small constant number of registers: they are only registers once the loop is gone, and -O2
// keeps it.
#undef INKLING_UNROLL
#if HWY_COMPILER_CLANG
#define INKLING_UNROLL _Pragma("clang loop unroll(full)")
#else
#define INKLING_UNROLL _Pragma("GCC unroll 16")
#endif

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// At most 16 lanes, so that buffers of a fixed size can hold a vector of any machine.
using WideTag = hn::CappedTag<float, 16>;
using EightTag = hn::CappedTag<float, 8>;
using QuadTag = hn::CappedTag<float, 4>;
// AVX-512 and NEON have 32 vector registers, others 16.
inline constexpr bool kManyRegisters = HWY_ARCH_ARM_A64 || HWY_MAX_BYTES >= 64;
using SingleTag = hn::CappedTag<float, 1>;
// On a page each byte of code costs more than its time: loops there hold few registers and have few special cases.
#if defined(__EMSCRIPTEN__)
inline constexpr bool kSmallCode = true;
#else
inline constexpr bool kSmallCode = false;
#endif

template <class D, class Operation>
HWY_INLINE std::size_t apply_groups(D d, std::size_t begin, std::size_t size, const Operation& operation) {
  const std::size_t lanes = hn::Lanes(d);
  for (; begin + lanes <= size; begin += lanes) operation(d, begin);
  return begin;
}

template <class Operation>
HWY_INLINE void apply_to_lanes(std::size_t size, const Operation& operation) {
  std::size_t done = apply_groups(WideTag(), 0, size, operation);
  if constexpr (hn::MaxLanes(WideTag()) > 4) done = apply_groups(QuadTag(), done, size, operation);
  apply_groups(SingleTag(), done, size, operation);
}

// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // INKLING_MATH_LANES_INL_H_
