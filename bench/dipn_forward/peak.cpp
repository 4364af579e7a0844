// Independent fused multiply-adds, on whatever instruction set the kernels use here.
#include "bench/dipn_forward/peak.h"

#include <chrono>
#include <cstdint>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "bench/dipn_forward/peak.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/lanes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

constexpr std::size_t kSums = 12;  // enough to hide the latency of an addition, few enough for 16 registers

// Returns the operations done; `sink` keeps the compiler from dropping them.
double multiply_adds(std::size_t repeats, float* sink) {
  const WideTag d;
  hn::Vec<WideTag> sums[kSums];
  INKLING_UNROLL
  for (std::size_t i = 0; i < kSums; ++i) sums[i] = hn::Set(d, static_cast<float>(i));
  const auto factor = hn::Set(d, 0.999f), step = hn::Set(d, 1e-3f);
  for (std::size_t r = 0; r < repeats; ++r) {
    INKLING_UNROLL
    for (std::size_t i = 0; i < kSums; ++i) sums[i] = hn::MulAdd(sums[i], factor, step);
  }
  INKLING_UNROLL
  for (std::size_t i = 1; i < kSums; ++i) sums[0] = hn::Add(sums[0], sums[i]);
  hn::StoreU(sums[0], d, sink);
  return 2.0 * static_cast<double>(kSums * hn::Lanes(d) * repeats);
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {
HWY_EXPORT(multiply_adds);
static double operations(std::size_t repeats, float* sink) {
  return HWY_DYNAMIC_DISPATCH(multiply_adds)(repeats, sink);
}
}  // namespace inkling::math

namespace inkling::bench {

// The best of several tries of a quarter of a millisecond: a try in which somebody else ran says nothing of the peak.
double peak_gflops() {
  using Clock = std::chrono::steady_clock;
  float sink[16];
  double best = 0;
  for (int attempt = 0; attempt < 40; ++attempt) {
    const auto start = Clock::now();
    const double operations = math::operations(80'000, sink);
    const double ns = std::chrono::duration<double, std::nano>(Clock::now() - start).count();
    best = operations / ns > best ? operations / ns : best;
  }
  return best;
}

}  // namespace inkling::bench
#endif  // HWY_ONCE
