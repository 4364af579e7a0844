// Plain form: row_sums_plain.h.
#include "math/row_sums.h"

#include <cstddef>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/row_sums.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/lanes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

struct SumOfRows {
  const float* const* rows;
  std::size_t count;
  float* y;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    auto sum = hn::Zero(d);
    for (std::size_t r = 0; r < count; ++r) sum = hn::Add(sum, hn::LoadU(d, rows[r] + i));
    hn::StoreU(sum, d, y + i);
  }
};

struct AddToEach {
  const float* x;
  float* const* rows;
  std::size_t count;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    const auto more = hn::LoadU(d, x + i);
    for (std::size_t r = 0; r < count; ++r) hn::StoreU(hn::Add(hn::LoadU(d, rows[r] + i), more), d, rows[r] + i);
  }
};

void sum_of_rows_lanes(const float* const* rows, std::size_t count, float* y, std::size_t size) {
  apply_to_lanes(size, SumOfRows{rows, count, y});
}
void add_to_each_lanes(const float* x, std::size_t size, float* const* rows, std::size_t count) {
  apply_to_lanes(size, AddToEach{x, rows, count});
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {

HWY_EXPORT(sum_of_rows_lanes);
HWY_EXPORT(add_to_each_lanes);

void sum_of_rows(std::span<const float* const> rows, std::span<float> y) {
  HWY_DYNAMIC_DISPATCH(sum_of_rows_lanes)(rows.data(), rows.size(), y.data(), y.size());
}

void add_to_each(std::span<const float> x, std::span<float* const> rows) {
  HWY_DYNAMIC_DISPATCH(add_to_each_lanes)(x.data(), x.size(), rows.data(), rows.size());
}

}  // namespace inkling::math
#endif  // HWY_ONCE
