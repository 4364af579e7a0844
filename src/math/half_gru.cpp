#include "math/half_gru.h"

#include <cassert>
#include <cstddef>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/half_gru.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/curves-inl.h"
#include "math/lanes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

// One step behind its product: `recurrent` is W_hh h + b_hh.
struct HalfGruGates {
  const float* projected;
  const float* recurrent;
  const float* hidden_in;
  float* hidden_out;
  std::size_t size;

  template <class D>
  HWY_INLINE hn::Vec<D> sum(D d, std::size_t at) const {
    return hn::Add(hn::LoadU(d, projected + at), hn::LoadU(d, recurrent + at));
  }
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    const auto hidden_n = hn::LoadU(d, recurrent + 2 * size + i);
    const auto input_n = hn::LoadU(d, projected + 2 * size + i);
    const auto h = hn::LoadU(d, hidden_in + i);
    hn::StoreU(gru_state(d, sum(d, i), sum(d, size + i), input_n, hidden_n, h), d, hidden_out + i);
  }
};

void half_gru_step(const float* projected, const float* recurrent, const float* hidden_in, float* hidden_out,
                   std::size_t size) {
  apply_to_lanes(size, HalfGruGates{projected, recurrent, hidden_in, hidden_out, size});
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {

HWY_EXPORT(half_gru_step);

void half_gru_steps(const HalfMatrix& weights, std::span<const float> projected, std::span<const float> hidden_in,
                    std::span<float> hidden_rows, std::span<float> scratch) {
  const std::size_t hidden = weights.inputs();
  const std::size_t steps = hidden == 0 ? 0 : hidden_rows.size() / hidden;
  assert(weights.outputs() == 3 * hidden && hidden_in.size() == hidden && hidden_rows.size() == steps * hidden);
  assert(projected.size() == steps * 3 * hidden && scratch.size() >= 3 * hidden);
  const std::span<float> recurrent = scratch.first(3 * hidden);
  for (std::size_t t = 0; t < steps; ++t) {
    const std::span<float> hidden_out = hidden_rows.subspan(t * hidden, hidden);
    weights.times(hidden_in, recurrent);
    const float* input = projected.data() + t * 3 * hidden;
    HWY_DYNAMIC_DISPATCH(half_gru_step)(input, recurrent.data(), hidden_in.data(), hidden_out.data(), hidden);
    hidden_in = hidden_out;
  }
}

}  // namespace inkling::math
#endif  // HWY_ONCE
