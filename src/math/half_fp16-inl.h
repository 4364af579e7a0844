// W x with sums in fp16, over any provider of 32 fp16 lanes: AVX512-FP16 (half_avx512_fp16.cpp) or lanes in software
// (half_emulation_test.h), so that layout, runs and order are tested everywhere, bit for bit.
//
// A line of a panel holds 16 outputs x two neighbouring terms; the two terms of x go to all pairs of lanes by one
// 32-bit broadcast. So even and odd terms are summed apart, and after a run of 64 terms both sums are joined in
// float.
//
// A Lanes type has a Register and static functions: zero(out), load(out, line), broadcast(out, pair of halves),
// fma(sum, a, b): sum += a b rounded once; join(sum, start, y): y[j] = start[j] + (even_j + odd_j) in float;
// round(x, count <= 32, line): to fp16, zero beyond. Registers go by reference, because vectors by value need the
// caller to be compiled for them, and this file is not: it is inlined into a function that is.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "math/half_kernels.h"

#define INKLING_LANES_INLINE inline __attribute__((always_inline))

namespace inkling::math::half {

// Twelve panels, all gates of a GRU with 64 hidden units, are twelve registers of sums: enough independent chains for
// two FMAs a cycle, and each register of x is used twelve times.
inline constexpr std::size_t kFp16Panels = 12;

template <class Lanes, std::size_t kPanels>
INKLING_LANES_INLINE void fp16_panels(const VectorTask& task, const HalfLine* x, std::size_t pairs) {
  typename Lanes::Register sums[kPanels];
  INKLING_HALF_UNROLL for (std::size_t p = 0; p < kPanels; ++p) Lanes::zero(sums[p]);
  for (std::size_t t = 0; t < pairs; ++t) {
    typename Lanes::Register both;
    Lanes::broadcast(both, x[t / kPanelColumns].values.data() + t % kPanelColumns * 2);
    INKLING_HALF_UNROLL for (std::size_t p = 0; p < kPanels; ++p) {
      typename Lanes::Register weights;
      Lanes::load(weights, task.panels[p * kPanelColumns * task.depth + t]);
      Lanes::fma(sums[p], both, weights);
    }
  }
  INKLING_HALF_UNROLL for (std::size_t p = 0; p < kPanels; ++p) {
    Lanes::join(sums[p], task.start + p * kPanelColumns, task.y + p * kPanelColumns);
  }
}

template <class Lanes, std::size_t kPanels>
INKLING_LANES_INLINE void fp16_groups(VectorTask& task, const HalfLine* x, std::size_t pairs) {
  while (task.count >= kPanels) {
    fp16_panels<Lanes, kPanels>(task, x, pairs);
    task.panels += kPanels * kPanelColumns * task.depth;
    task.start += kPanels * kPanelColumns;
    task.y += kPanels * kPanelColumns;
    task.count -= kPanels;
  }
}

template <class Lanes>
INKLING_LANES_INLINE void fp16_vector(const VectorTask& task) {
  static_assert(kFp16Run == 64);
  const float* start = task.start;
  for (std::size_t first = 0; first == 0 || first < task.inputs; first += kFp16Run) {
    const std::size_t terms = std::min(kFp16Run, task.inputs - first);
    alignas(64) std::array<HalfLine, 2> x;
    Lanes::round(task.x + first, std::min<std::size_t>(terms, 32), x[0]);
    Lanes::round(task.x + first + std::min<std::size_t>(terms, 32), terms - std::min<std::size_t>(terms, 32), x[1]);
    VectorTask run = task;
    run.panels += first / 2;
    run.start = start;
    fp16_groups<Lanes, kFp16Panels>(run, x.data(), (terms + 1) / 2);
    fp16_groups<Lanes, 4>(run, x.data(), (terms + 1) / 2);
    fp16_groups<Lanes, 1>(run, x.data(), (terms + 1) / 2);
    start = task.y;
  }
}

}  // namespace inkling::math::half
