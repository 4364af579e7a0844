#include "math/gates.h"

#include <cassert>
#include <cstddef>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/gates.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/curves-inl.h"
#include "math/lanes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

struct GruGates {
  const float* input_part;
  const float* hidden_part;
  const float* hidden_in;
  float* hidden_out;
  std::size_t size;

  template <class D>
  HWY_INLINE hn::Vec<D> open(D d, std::size_t at) const {
    return sigmoid_of(d, hn::Add(hn::LoadU(d, input_part + at), hn::LoadU(d, hidden_part + at)));
  }
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    const auto r = open(d, i);
    const auto z = open(d, size + i);
    const auto hidden_n = hn::LoadU(d, hidden_part + 2 * size + i);
    const auto n = tanh_of(d, hn::MulAdd(r, hidden_n, hn::LoadU(d, input_part + 2 * size + i)));
    const auto h = hn::LoadU(d, hidden_in + i);
    hn::StoreU(hn::MulAdd(z, hn::Sub(h, n), n), d, hidden_out + i);  // n + z (h - n)
  }
};

struct LstmGates {
  const float* input_part;
  const float* hidden_part;
  const float* cell_in;
  float* hidden_out;
  float* cell_out;
  std::size_t size;

  template <class D>
  HWY_INLINE hn::Vec<D> load(D d, std::size_t at) const {
    return hn::Add(hn::LoadU(d, input_part + at), hn::LoadU(d, hidden_part + at));
  }
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t k) const {
    const auto i = sigmoid_of(d, load(d, k));
    const auto f = sigmoid_of(d, load(d, size + k));
    const auto g = tanh_of(d, load(d, 2 * size + k));
    const auto o = sigmoid_of(d, load(d, 3 * size + k));
    const auto c = hn::MulAdd(f, hn::LoadU(d, cell_in + k), hn::Mul(i, g));
    hn::StoreU(c, d, cell_out + k);
    hn::StoreU(hn::Mul(o, tanh_of(d, c)), d, hidden_out + k);
  }
};

void gru_lanes(const float* input_part, const float* hidden_part, const float* hidden_in, float* hidden_out,
               std::size_t size) {
  apply_to_lanes(size, GruGates{input_part, hidden_part, hidden_in, hidden_out, size});
}

void lstm_lanes(const float* input_part, const float* hidden_part, const float* cell_in, float* hidden_out,
                float* cell_out, std::size_t size) {
  apply_to_lanes(size, LstmGates{input_part, hidden_part, cell_in, hidden_out, cell_out, size});
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {

HWY_EXPORT(gru_lanes);
HWY_EXPORT(lstm_lanes);

void gru_gates(std::span<const float> input_part, std::span<const float> hidden_part,
               std::span<const float> hidden_in, std::span<float> hidden_out) {
  const std::size_t size = hidden_in.size();
  assert(input_part.size() == 3 * size && hidden_part.size() == 3 * size && hidden_out.size() == size);
  HWY_DYNAMIC_DISPATCH(gru_lanes)(input_part.data(), hidden_part.data(), hidden_in.data(), hidden_out.data(), size);
}

void lstm_gates(std::span<const float> input_part, std::span<const float> hidden_part, std::span<const float> cell_in,
                std::span<float> hidden_out, std::span<float> cell_out) {
  const std::size_t size = cell_in.size();
  assert(input_part.size() == 4 * size && hidden_part.size() == 4 * size);
  assert(hidden_out.size() == size && cell_out.size() == size);
  HWY_DYNAMIC_DISPATCH(lstm_lanes)
  (input_part.data(), hidden_part.data(), cell_in.data(), hidden_out.data(), cell_out.data(), size);
}

}  // namespace inkling::math
#endif  // HWY_ONCE
