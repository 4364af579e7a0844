// Sums of four sequences x two vectors of units x three gates fill 24 of 32 registers; where there are 16, one vector
// of units at a time does.
#include "math/recurrence_many.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/recurrence_many.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/curves-inl.h"
#include "math/lanes-inl.h"
// clang-format on

#ifndef INKLING_MATH_RECURRENCE_MANY_ROWS
#define INKLING_MATH_RECURRENCE_MANY_ROWS
namespace inkling::math {

inline constexpr std::size_t kManyRows = 4;

// Up to four sequences, longest first, at the same step.
struct GruRows {
  std::array<const float*, kManyRows> input;
  std::array<const float*, kManyRows> hidden_in;
  std::array<float*, kManyRows> hidden_out;
  std::array<std::size_t, kManyRows> steps;
};

}  // namespace inkling::math
#endif

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

inline constexpr std::size_t kUnitVectors = kManyRegisters ? 2 : 1;

// values[v] /= denominators[v], by one division for two of them.
template <std::size_t kVectors, class D>
HWY_INLINE void divide(D d, hn::Vec<D> (&values)[kVectors], const hn::Vec<D> (&denominators)[kVectors]) {
  if constexpr (kVectors == 2) {
    const auto both = hn::Div(hn::Set(d, 1.0f), hn::Mul(denominators[0], denominators[1]));
    values[0] = hn::Mul(values[0], hn::Mul(both, denominators[1]));
    values[1] = hn::Mul(values[1], hn::Mul(both, denominators[0]));
  } else {
    INKLING_UNROLL
    for (std::size_t v = 0; v < kVectors; ++v) values[v] = hn::Div(values[v], denominators[v]);
  }
}

// The next states from the sums at the gates. Each stage takes all sequences, because one alone waits for its
// results. n = N / D is tanh, z = 1 / Z, and so n + z (h - n) = (N (Z - 1) + h D) / (D Z).
template <std::size_t kRows, std::size_t kVectors, class D>
HWY_INLINE void curves_of(D d, const GruRows& rows, const float* hidden_bias, std::size_t size, std::size_t i,
                          hn::Vec<D> (&sums)[kRows][3][kVectors]) {
  const std::size_t lanes = hn::Lanes(d);
  INKLING_UNROLL
  for (std::size_t r = 0; r < kRows; ++r) {
    INKLING_UNROLL
    for (std::size_t v = 0; v < kVectors; ++v) {
      const std::size_t at = i + v * lanes;
      sums[r][0][v] = inverse_gate(d, hn::Add(sums[r][0][v], hn::LoadU(d, rows.input[r] + at)));
      sums[r][1][v] = inverse_gate(d, hn::Add(sums[r][1][v], hn::LoadU(d, rows.input[r] + size + at)));
      sums[r][2][v] = hn::Add(sums[r][2][v], hn::LoadU(d, hidden_bias + at));
    }
  }
  INKLING_UNROLL
  for (std::size_t r = 0; r < kRows; ++r) {
    divide(d, sums[r][2], sums[r][0]);
    INKLING_UNROLL
    for (std::size_t v = 0; v < kVectors; ++v) {
      const std::size_t at = i + v * lanes;
      const auto n = tanh_parts(d, hn::Add(sums[r][2][v], hn::LoadU(d, rows.input[r] + 2 * size + at)));
      const auto before = hn::LoadU(d, rows.hidden_in[r] + at);
      sums[r][2][v] = hn::MulAdd(n.top, hn::Sub(sums[r][1][v], hn::Set(d, 1.0f)), hn::Mul(before, n.bottom));
      sums[r][1][v] = hn::Mul(n.bottom, sums[r][1][v]);
    }
  }
  INKLING_UNROLL
  for (std::size_t r = 0; r < kRows; ++r) {
    divide(d, sums[r][2], sums[r][1]);
    INKLING_UNROLL
    for (std::size_t v = 0; v < kVectors; ++v) hn::StoreU(sums[r][2][v], d, rows.hidden_out[r] + i + v * lanes);
  }
}

// The units from i on, kVectors vectors of them, of kRows sequences. Rows of their block have 3 * width floats.
template <std::size_t kRows, std::size_t kVectors, class D>
HWY_INLINE void many_units(D d, const GruRows& rows, const float* hidden_bias, std::size_t size, const float* w,
                           std::size_t width, std::size_t i) {
  const std::size_t lanes = hn::Lanes(d);
  hn::Vec<D> sums[kRows][3][kVectors];
  INKLING_UNROLL
  for (std::size_t r = 0; r < kRows; ++r) {
    INKLING_UNROLL
    for (std::size_t v = 0; v < kVectors; ++v) {
      INKLING_UNROLL
      for (std::size_t g = 0; g < 3; ++g) sums[r][g][v] = hn::Zero(d);
    }
  }
  for (std::size_t k = 0; k < size; ++k, w += 3 * width) {
    hn::Vec<D> weights[kVectors][3];
    INKLING_UNROLL
    for (std::size_t v = 0; v < kVectors; ++v) {
      INKLING_UNROLL
      for (std::size_t g = 0; g < 3; ++g) weights[v][g] = hn::LoadU(d, w + g * width + v * lanes);
    }
    INKLING_UNROLL
    for (std::size_t r = 0; r < kRows; ++r) {
      const auto h = hn::Set(d, rows.hidden_in[r][k]);
      INKLING_UNROLL
      for (std::size_t v = 0; v < kVectors; ++v) {
        INKLING_UNROLL
        for (std::size_t g = 0; g < 3; ++g) sums[r][g][v] = hn::MulAdd(h, weights[v][g], sums[r][g][v]);
      }
    }
  }
  curves_of(d, rows, hidden_bias, size, i, sums);
}

// The units of the last, narrower block, as an operation of lanes-inl.h.
template <std::size_t kRows>
struct NarrowUnits {
  const GruRows& rows;
  const float* hidden_bias;
  std::size_t size;
  const float* w;
  std::size_t width;
  std::size_t first;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    many_units<kRows, 1>(d, rows, hidden_bias, size, w + i, width, first + i);
  }
};

template <std::size_t kRows>
HWY_INLINE void many_step(const PackedGates& weights, const float* hidden_bias, const GruRows& rows) {
  const WideTag d;
  constexpr std::size_t kWidth = PackedGates::kBlockUnits;
  const std::size_t size = weights.hidden(), whole = size / kWidth * kWidth;
  for (std::size_t first = 0; first < whole; first += kWidth) {
    for (std::size_t i = 0; i < kWidth; i += kUnitVectors * hn::Lanes(d)) {
      many_units<kRows, kUnitVectors>(d, rows, hidden_bias, size, weights.block(first) + i, kWidth, first + i);
    }
  }
  if (whole == size) return;
  const std::size_t width = size - whole;
  apply_to_lanes(width, NarrowUnits<kRows>{rows, hidden_bias, size, weights.block(whole), width, whole});
}

// Steps [done, until) of the first kRows sequences.
template <std::size_t kRows>
void many_steps(const PackedGates& weights, const float* hidden_bias, GruRows& rows, std::size_t done,
                std::size_t until) {
  const std::size_t size = weights.hidden();
  for (; done < until; ++done) {
    many_step<kRows>(weights, hidden_bias, rows);
    for (std::size_t r = 0; r < kRows; ++r) {
      rows.input[r] += 3 * size;
      rows.hidden_in[r] = rows.hidden_out[r];
      rows.hidden_out[r] += size;
    }
  }
}

void gru_lanes_many(const PackedGates& weights, const float* hidden_bias, GruRows& rows) {
  many_steps<4>(weights, hidden_bias, rows, 0, rows.steps[3]);
  many_steps<3>(weights, hidden_bias, rows, rows.steps[3], rows.steps[2]);
  many_steps<2>(weights, hidden_bias, rows, rows.steps[2], rows.steps[1]);
  many_steps<1>(weights, hidden_bias, rows, rows.steps[1], rows.steps[0]);
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {

HWY_EXPORT(gru_lanes_many);

void gru_steps_many(const PackedGates& weights, std::span<const float> hidden_bias,
                    std::span<const GruSequence> sequences) {
  const std::size_t size = weights.hidden();
  assert(weights.gates() == 3 && hidden_bias.size() == size);
  for (std::size_t at = 0; at < sequences.size(); at += kManyRows) {
    const std::size_t count = std::min(kManyRows, sequences.size() - at);
    std::array<const GruSequence*, kManyRows> group{};
    for (std::size_t r = 0; r < count; ++r) group[r] = &sequences[at + r];
    std::sort(group.begin(), group.begin() + static_cast<std::ptrdiff_t>(count),
              [](const auto* a, const auto* b) { return a->hidden_rows.size() > b->hidden_rows.size(); });
    GruRows rows{};
    for (std::size_t r = 0; r < count; ++r) {
      const GruSequence& sequence = *group[r];
      assert(sequence.hidden_in.size() == size && sequence.projected.size() == 3 * sequence.hidden_rows.size());
      rows.input[r] = sequence.projected.data();
      rows.hidden_in[r] = sequence.hidden_in.data();
      rows.hidden_out[r] = sequence.hidden_rows.data();
      rows.steps[r] = sequence.hidden_rows.size() / size;
    }
    HWY_DYNAMIC_DISPATCH(gru_lanes_many)(weights, hidden_bias.data(), rows);
  }
}

}  // namespace inkling::math
#endif  // HWY_ONCE
