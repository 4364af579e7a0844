// A step walks the units block by block. Every second step walks them backwards: with H = 64 the weights of a GRU are
// 48 KiB, more than an L1 of 32 KiB, but what the last step read at its end is then still there for the next one's
// beginning. Two vectors of units share each entry of h; where only one is left, the two halves of the sum over k
// stand in for the second, because one vector's sums alone would wait for each other. The next step waits for the
// curves of the last units walked: there a GRU sums up r and n first, and their long chain of curves runs beside the
// products of z.
#include "math/recurrence.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <type_traits>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/recurrence.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/curves-inl.h"
#include "math/lanes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

// One step of a cell: what its gates need beside their recurrent sums.
struct GruStep {
  static constexpr std::size_t kGates = 3;
  const float* input;
  const float* hidden_in;
  const float* hidden_bias;
  float* hidden_out;
  std::size_t size;
  bool backwards;

  template <class D>
  HWY_INLINE void finish(D d, const hn::Vec<D>* sums, std::size_t i) const {
    const auto r = hn::Add(sums[0], hn::LoadU(d, input + i));
    const auto z = hn::Add(sums[1], hn::LoadU(d, input + size + i));
    const auto hidden_n = hn::Add(sums[2], hn::LoadU(d, hidden_bias + i));
    const auto input_n = hn::LoadU(d, input + 2 * size + i);
    hn::StoreU(gru_state(d, r, z, input_n, hidden_n, hn::LoadU(d, hidden_in + i)), d, hidden_out + i);
  }
};

// n of one vector of units: its whole chain of curves but for z.
template <class D>
HWY_INLINE hn::Vec<D> gru_candidate(D d, const GruStep& step, hn::Vec<D> r_sum, hn::Vec<D> n_sum, std::size_t i) {
  const auto inverse_r = inverse_gate(d, hn::Add(r_sum, hn::LoadU(d, step.input + i)));
  const auto hidden_n = hn::Div(hn::Add(n_sum, hn::LoadU(d, step.hidden_bias + i)), inverse_r);
  return tanh_of(d, hn::Add(hidden_n, hn::LoadU(d, step.input + 2 * step.size + i)));
}

struct LstmStep {
  static constexpr std::size_t kGates = 4;
  const float* input;
  const float* hidden_in;
  float* cell;
  float* hidden_out;
  std::size_t size;
  bool backwards;

  template <class D>
  HWY_INLINE void finish(D d, const hn::Vec<D>* sums, std::size_t k) const {
    auto i = hn::Add(sums[0], hn::LoadU(d, input + k));
    auto f = hn::Add(sums[1], hn::LoadU(d, input + size + k));
    two_gates(d, i, f);
    const auto g = tanh_of(d, hn::Add(sums[2], hn::LoadU(d, input + 2 * size + k)));
    const auto inverse_o = inverse_gate(d, hn::Add(sums[3], hn::LoadU(d, input + 3 * size + k)));
    const auto c = hn::MulAdd(f, hn::LoadU(d, cell + k), hn::Mul(i, g));
    hn::StoreU(c, d, cell + k);
    hn::StoreU(hn::Div(tanh_of(d, c), inverse_o), d, hidden_out + k);
  }
};

// Two neighbouring vectors of units, from i on. Rows of their block have kGates * width floats.
template <class Step, class D>
HWY_INLINE void two_groups(D d, const Step& step, const float* w, std::size_t width, std::size_t i) {
  const std::size_t lanes = hn::Lanes(d);
  hn::Vec<D> sums[Step::kGates], next_sums[Step::kGates];
  INKLING_UNROLL
  for (std::size_t g = 0; g < Step::kGates; ++g) sums[g] = next_sums[g] = hn::Zero(d);
  for (std::size_t k = 0; k < step.size; ++k, w += Step::kGates * width) {
    const auto h = hn::Set(d, step.hidden_in[k]);
    INKLING_UNROLL
    for (std::size_t g = 0; g < Step::kGates; ++g) {
      sums[g] = hn::MulAdd(h, hn::LoadU(d, w + g * width), sums[g]);
      next_sums[g] = hn::MulAdd(h, hn::LoadU(d, w + g * width + lanes), next_sums[g]);
    }
  }
  step.finish(d, sums, i);
  step.finish(d, next_sums, i + lanes);
}

// The z of two neighbouring vectors of units, some k after some k: those of even and of odd k apart.
template <class D>
struct UpdateSums {
  HWY_INLINE explicit UpdateSums(D d, const float* w) : at(w) { a = next_a = b = next_b = hn::Zero(d); }
  HWY_INLINE void add_until(D d, const GruStep& step, std::size_t end, std::size_t row) {
    const std::size_t lanes = hn::Lanes(d);
    for (; k + 2 <= end; k += 2, at += 2 * row) {
      const auto h0 = hn::Set(d, step.hidden_in[k]), h1 = hn::Set(d, step.hidden_in[k + 1]);
      a = hn::MulAdd(h0, hn::LoadU(d, at), a);
      next_a = hn::MulAdd(h0, hn::LoadU(d, at + lanes), next_a);
      b = hn::MulAdd(h1, hn::LoadU(d, at + row), b);
      next_b = hn::MulAdd(h1, hn::LoadU(d, at + row + lanes), next_b);
    }
    if (end == step.size && k < end) {
      const auto h = hn::Set(d, step.hidden_in[k]);
      a = hn::MulAdd(h, hn::LoadU(d, at), a);
      next_a = hn::MulAdd(h, hn::LoadU(d, at + lanes), next_a);
    }
  }
  const float* at;
  std::size_t k = 0;
  hn::Vec<D> a, next_a, b, next_b;
};

// As two_groups, for the units that the next step waits for.
template <class D>
HWY_INLINE void awaited_groups(D d, const GruStep& step, const float* w, std::size_t width, std::size_t i) {
  const std::size_t lanes = hn::Lanes(d), row = 3 * width;
  const float* at = w;
  auto r = hn::Zero(d), next_r = r, n = r, next_n = r;
  for (std::size_t k = 0; k < step.size; ++k, at += row) {
    const auto h = hn::Set(d, step.hidden_in[k]);
    r = hn::MulAdd(h, hn::LoadU(d, at), r);
    next_r = hn::MulAdd(h, hn::LoadU(d, at + lanes), next_r);
    n = hn::MulAdd(h, hn::LoadU(d, at + 2 * width), n);
    next_n = hn::MulAdd(h, hn::LoadU(d, at + 2 * width + lanes), next_n);
  }
  UpdateSums<D> sums(d, w + width);
  sums.add_until(d, step, step.size * 3 / 8, row);
  n = gru_candidate(d, step, r, n, i);
  sums.add_until(d, step, step.size * 3 / 4, row);
  next_n = gru_candidate(d, step, next_r, next_n, i + lanes);
  sums.add_until(d, step, step.size, row);
  const float* input = step.input + step.size + i;
  auto z = hn::Add(hn::Add(sums.a, sums.b), hn::LoadU(d, input));
  auto next_z = hn::Add(hn::Add(sums.next_a, sums.next_b), hn::LoadU(d, input + lanes));
  two_gates(d, z, next_z);
  const auto h = hn::LoadU(d, step.hidden_in + i), next_h = hn::LoadU(d, step.hidden_in + i + lanes);
  hn::StoreU(hn::MulAdd(z, hn::Sub(h, n), n), d, step.hidden_out + i);
  hn::StoreU(hn::MulAdd(next_z, hn::Sub(next_h, next_n), next_n), d, step.hidden_out + i + lanes);
}

template <class Step, class D>
HWY_INLINE void one_group(D d, const Step& step, const float* w, std::size_t width, std::size_t i) {
  hn::Vec<D> even[Step::kGates], odd[Step::kGates];
  INKLING_UNROLL
  for (std::size_t g = 0; g < Step::kGates; ++g) even[g] = odd[g] = hn::Zero(d);
  std::size_t k = 0;
  for (; k + 2 <= step.size; k += 2, w += 2 * Step::kGates * width) {
    const auto h0 = hn::Set(d, step.hidden_in[k]), h1 = hn::Set(d, step.hidden_in[k + 1]);
    INKLING_UNROLL
    for (std::size_t g = 0; g < Step::kGates; ++g) {
      even[g] = hn::MulAdd(h0, hn::LoadU(d, w + g * width), even[g]);
      odd[g] = hn::MulAdd(h1, hn::LoadU(d, w + (Step::kGates + g) * width), odd[g]);
    }
  }
  INKLING_UNROLL
  for (std::size_t g = 0; g < Step::kGates; ++g) {
    if (k < step.size) even[g] = hn::MulAdd(hn::Set(d, step.hidden_in[k]), hn::LoadU(d, w + g * width), even[g]);
    even[g] = hn::Add(even[g], odd[g]);
  }
  step.finish(d, even, i);
}

// The units of the last, narrower block, as an operation of lanes-inl.h.
template <class Step>
struct NarrowBlock {
  const Step& step;
  const float* w;
  std::size_t width;
  std::size_t first;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    one_group(d, step, w + i, width, first + i);
  }
};

template <class Step>
HWY_INLINE void one_step(const PackedGates& weights, const Step& step) {
  const WideTag d;
  constexpr std::size_t kWidth = PackedGates::kBlockUnits;
  if constexpr (kSmallCode) {
    for (std::size_t first = 0; first < step.size; first += kWidth) {
      const std::size_t width = std::min(kWidth, step.size - first);
      apply_to_lanes(width, NarrowBlock<Step>{step, weights.block(first), width, first});
    }
    return;
  }
  const std::size_t blocks = step.size / kWidth, whole = blocks * kWidth;
  for (std::size_t block = 0; block < blocks; ++block) {
    const std::size_t first = (step.backwards ? blocks - 1 - block : block) * kWidth;
    for (std::size_t i = 0; i < kWidth; i += 2 * hn::Lanes(d)) {
      if constexpr (std::is_same_v<Step, GruStep>) {
        if (block + 1 == blocks && i + 2 * hn::Lanes(d) == kWidth) {
          awaited_groups(d, step, weights.block(first) + i, kWidth, first + i);
          continue;
        }
      }
      two_groups(d, step, weights.block(first) + i, kWidth, first + i);
    }
  }
  if (whole < step.size) {
    const std::size_t width = step.size - whole;
    apply_to_lanes(width, NarrowBlock<Step>{step, weights.block(whole), width, whole});
  }
}

void gru_lanes(const PackedGates& weights, const float* hidden_bias, const float* projected, const float* hidden_in,
               float* hidden_rows, std::size_t steps) {
  const std::size_t size = weights.hidden();
  for (std::size_t t = 0; t < steps; ++t) {
    one_step(weights, GruStep{projected, hidden_in, hidden_bias, hidden_rows, size, t % 2 == 1});
    projected += 3 * size;
    hidden_in = hidden_rows;
    hidden_rows += size;
  }
}

void lstm_lanes(const PackedGates& weights, const float* projected, const float* hidden_in, float* cell,
                float* hidden_rows, std::size_t steps) {
  const std::size_t size = weights.hidden();
  for (std::size_t t = 0; t < steps; ++t) {
    one_step(weights, LstmStep{projected, hidden_in, cell, hidden_rows, size, t % 2 == 1});
    projected += 4 * size;
    hidden_in = hidden_rows;
    hidden_rows += size;
  }
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {

HWY_EXPORT(gru_lanes);
HWY_EXPORT(lstm_lanes);

void gru_steps(const PackedGates& weights, std::span<const float> hidden_bias, std::span<const float> projected,
               std::span<const float> hidden_in, std::span<float> hidden_rows) {
  const std::size_t size = weights.hidden();
  assert(weights.gates() == 3 && hidden_bias.size() == size && hidden_in.size() == size);
  assert(hidden_rows.size() % size == 0 && projected.size() == 3 * hidden_rows.size());
  HWY_DYNAMIC_DISPATCH(gru_lanes)
  (weights, hidden_bias.data(), projected.data(), hidden_in.data(), hidden_rows.data(), hidden_rows.size() / size);
}

void lstm_steps(const PackedGates& weights, std::span<const float> projected, std::span<const float> hidden_in,
                std::span<float> cell, std::span<float> hidden_rows) {
  const std::size_t size = weights.hidden();
  assert(weights.gates() == 4 && cell.size() == size && hidden_in.size() == size);
  assert(hidden_rows.size() % size == 0 && projected.size() == 4 * hidden_rows.size());
  HWY_DYNAMIC_DISPATCH(lstm_lanes)
  (weights, projected.data(), hidden_in.data(), cell.data(), hidden_rows.data(), hidden_rows.size() / size);
}

}  // namespace inkling::math
#endif  // HWY_ONCE
