// Plain form: fold_plain.h.
#include "math/fold_steps.h"

#include <cassert>
#include <cstddef>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/fold_steps.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/lanes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

// A group of columns over all rows, so that x stays in a register.
struct FoldColumns {
  const float* a;
  const float* p;
  const float* x;
  float* out;
  std::size_t rows;
  std::size_t width;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    const auto factor = hn::LoadU(d, x + i);
    for (std::size_t at = i; at < i + rows * width; at += width) {
      hn::StoreU(hn::MulAdd(hn::LoadU(d, p + at), factor, hn::LoadU(d, a + at)), d, out + at);
    }
  }
};

void fold_columns_lanes(const float* a, const float* p, const float* x, float* out, std::size_t rows,
                        std::size_t width) {
  apply_to_lanes(width, FoldColumns{a, p, x, out, rows, width});
}

struct FoldRow {
  const float* a;
  const float* p;
  float factor;
  float* out;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    hn::StoreU(hn::MulAdd(hn::LoadU(d, p + i), hn::Set(d, factor), hn::LoadU(d, a + i)), d, out + i);
  }
};

void fold_rows_lanes(const float* a, const float* p, const float* x, float* out, std::size_t rows,
                     std::size_t width) {
  for (std::size_t row = 0; row < rows; ++row) {
    apply_to_lanes(width, FoldRow{a + row * width, p + row * width, x[row], out + row * width});
  }
}

struct FoldColumnsBack {
  const float* out_gradient;
  const float* p;
  const float* x;
  float* of_a;
  float* of_p;
  float* of_x;
  std::size_t rows;
  std::size_t width;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    const auto factor = hn::LoadU(d, x + i);
    auto sum = hn::LoadU(d, of_x + i);
    for (std::size_t at = i; at < i + rows * width; at += width) {
      const auto gradient = hn::LoadU(d, out_gradient + at);
      hn::StoreU(hn::Add(hn::LoadU(d, of_a + at), gradient), d, of_a + at);
      hn::StoreU(hn::MulAdd(gradient, factor, hn::LoadU(d, of_p + at)), d, of_p + at);
      sum = hn::MulAdd(gradient, hn::LoadU(d, p + at), sum);
    }
    hn::StoreU(sum, d, of_x + i);
  }
};

void fold_columns_back_lanes(const float* out_gradient, const float* p, const float* x,
                             const FoldGradients<float>& gradients, std::size_t rows, std::size_t width) {
  apply_to_lanes(width, FoldColumnsBack{out_gradient, p, x, gradients.a.data(), gradients.p.data(),
                                        gradients.x.data(), rows, width});
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {

HWY_EXPORT(fold_columns_lanes);
HWY_EXPORT(fold_rows_lanes);
HWY_EXPORT(fold_columns_back_lanes);

namespace {

std::size_t other_side(std::size_t size, std::size_t side) {
  assert(side == 0 ? size == 0 : size % side == 0);
  return side == 0 ? 0 : size / side;
}

}  // namespace

void fold_columns(std::span<const float> a, std::span<const float> p, std::span<const float> x,
                  std::span<float> out) {
  assert(a.size() == out.size() && p.size() == out.size());
  HWY_DYNAMIC_DISPATCH(fold_columns_lanes)
  (a.data(), p.data(), x.data(), out.data(), other_side(out.size(), x.size()), x.size());
}

void fold_rows(std::span<const float> a, std::span<const float> p, std::span<const float> x, std::span<float> out) {
  assert(a.size() == out.size() && p.size() == out.size());
  HWY_DYNAMIC_DISPATCH(fold_rows_lanes)
  (a.data(), p.data(), x.data(), out.data(), x.size(), other_side(out.size(), x.size()));
}

void fold_columns_back(std::span<const float> out_gradient, std::span<const float> p, std::span<const float> x,
                       const FoldGradients<float>& gradients) {
  assert(p.size() == out_gradient.size() && gradients.a.size() == p.size() && gradients.p.size() == p.size());
  assert(gradients.x.size() == x.size());
  HWY_DYNAMIC_DISPATCH(fold_columns_back_lanes)
  (out_gradient.data(), p.data(), x.data(), gradients, other_side(p.size(), x.size()), x.size());
}

}  // namespace inkling::math
#endif  // HWY_ONCE
