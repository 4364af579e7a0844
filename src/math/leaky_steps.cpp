// Plain form: leaky_plain.h.
#include "math/leaky_steps.h"

#include <cassert>
#include <cstddef>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/leaky_steps.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/lanes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

template <class D, class V>
HWY_INLINE V leaky_of(D d, V slope, V x) {
  (void)d;
  return hn::Max(x, hn::Mul(slope, x));
}

// What a gradient is multiplied by, from the output.
template <class D, class V>
HWY_INLINE V slope_at(D d, V slope, V output) {
  return hn::IfThenElse(hn::Gt(output, hn::Zero(d)), hn::Set(d, 1.0f), slope);
}

// A group of units over all rows, so that what belongs to a unit stays in registers.
struct Units {
  float slope;
  const float* shift;
  float* rows;
  std::size_t count;
  std::size_t width;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    const auto low = hn::Set(d, slope), add = shift == nullptr ? hn::Zero(d) : hn::LoadU(d, shift + i);
    for (float* at = rows + i; at < rows + i + count * width; at += width) {
      hn::StoreU(leaky_of(d, low, hn::Add(hn::LoadU(d, at), add)), d, at);
    }
  }
};

void leaky_units_lanes(float slope, const float* shift, float* rows, std::size_t count, std::size_t width) {
  apply_to_lanes(width, Units{slope, shift, rows, count, width});
}

struct UnitsBack {
  float slope;
  const float* outputs;
  float* gradients;
  float* shift_gradient;
  std::size_t count;
  std::size_t width;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    const auto low = hn::Set(d, slope);
    auto sum = hn::Zero(d);
    for (std::size_t at = i; at < i + count * width; at += width) {
      const auto factor = slope_at(d, low, hn::LoadU(d, outputs + at));
      const auto gradient = hn::Mul(hn::LoadU(d, gradients + at), factor);
      hn::StoreU(gradient, d, gradients + at);
      sum = hn::Add(sum, gradient);
    }
    if (shift_gradient != nullptr) {
      hn::StoreU(hn::Add(hn::LoadU(d, shift_gradient + i), sum), d, shift_gradient + i);
    }
  }
};

void leaky_units_back_lanes(float slope, const float* outputs, float* gradients, float* shift_gradient,
                            std::size_t count, std::size_t width) {
  apply_to_lanes(width, UnitsBack{slope, outputs, gradients, shift_gradient, count, width});
}

template <class D>
HWY_INLINE float score_group(D d, float slope, const float* query, float* row, std::size_t& i, std::size_t size) {
  const auto low = hn::Set(d, slope);
  auto sum = hn::Zero(d);
  for (; i + hn::Lanes(d) <= size; i += hn::Lanes(d)) {
    const auto value = leaky_of(d, low, hn::LoadU(d, row + i));
    hn::StoreU(value, d, row + i);
    sum = hn::MulAdd(value, hn::LoadU(d, query + i), sum);
  }
  return hn::GetLane(hn::SumOfLanes(d, sum));
}

void leaky_scores_lanes(float slope, const float* query, std::size_t width, float* rows, float* scores,
                        std::size_t count) {
  for (std::size_t j = 0; j < count; ++j) {
    std::size_t i = 0;
    const float wide = score_group(WideTag(), slope, query, rows + j * width, i, width);
    scores[j] = i == width ? wide : wide + score_group(SingleTag(), slope, query, rows + j * width, i, width);
  }
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {

HWY_EXPORT(leaky_units_lanes);
HWY_EXPORT(leaky_units_back_lanes);
HWY_EXPORT(leaky_scores_lanes);

namespace {

// Without a row of their own, all values are one row.
std::size_t width_of(std::span<const float> row, std::size_t size) {
  return row.empty() ? size : row.size();
}

}  // namespace

void leaky_units(float slope, std::span<const float> shift, std::span<float> rows) {
  if (rows.empty()) return;
  const std::size_t width = width_of(shift, rows.size());
  assert(rows.size() % width == 0);
  HWY_DYNAMIC_DISPATCH(leaky_units_lanes)
  (slope, shift.empty() ? nullptr : shift.data(), rows.data(), rows.size() / width, width);
}

void leaky_units_back(float slope, std::span<const float> outputs, std::span<float> gradients,
                      std::span<float> shift_gradient) {
  assert(outputs.size() == gradients.size());
  if (outputs.empty()) return;
  const std::size_t width = width_of(shift_gradient, outputs.size());
  assert(outputs.size() % width == 0);
  HWY_DYNAMIC_DISPATCH(leaky_units_back_lanes)
  (slope, outputs.data(), gradients.data(), shift_gradient.empty() ? nullptr : shift_gradient.data(),
   outputs.size() / width, width);
}

void leaky_scores(float slope, std::span<const float> query, std::span<float> rows, std::span<float> scores) {
  assert(rows.size() == scores.size() * query.size());
  HWY_DYNAMIC_DISPATCH(leaky_scores_lanes)
  (slope, query.data(), query.size(), rows.data(), scores.data(), scores.size());
}

}  // namespace inkling::math
#endif  // HWY_ONCE
