// Plain form: training_plain.h.
#include "math/training_steps.h"

#include <cassert>
#include <cstddef>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/training_steps.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/curves-inl.h"
#include "math/lanes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

// Each sample's rows of a trace are a stream of their own, too many for the processor to foresee, and the products
// between two steps leave time to fetch the next one's.
HWY_INLINE void fetch(const float* row, std::size_t size) {
#if HWY_COMPILER_GCC || HWY_COMPILER_CLANG
  constexpr std::size_t kLineFloats = 16;
  for (std::size_t i = 0; i < size; i += kLineFloats) __builtin_prefetch(row + i, 1, 2);
#endif
}

struct GruUnits {
  const float* products;
  const float* hidden_bias;
  float* gates;
  float* hidden_n;
  float* hidden;
  float* state;
  std::size_t h;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t u) const {
    auto r = hn::Add(hn::LoadU(d, gates + u), hn::LoadU(d, products + u));
    auto z = hn::Add(hn::LoadU(d, gates + h + u), hn::LoadU(d, products + h + u));
    two_gates(d, r, z);
    const auto from_state = hn::Add(hn::LoadU(d, products + 2 * h + u), hn::LoadU(d, hidden_bias + u));
    const auto n = tanh_of(d, hn::MulAdd(r, from_state, hn::LoadU(d, gates + 2 * h + u)));
    const auto next = hn::MulAdd(z, hn::Sub(hn::LoadU(d, hidden + u), n), n);
    hn::StoreU(r, d, gates + u);
    hn::StoreU(z, d, gates + h + u);
    hn::StoreU(n, d, gates + 2 * h + u);
    hn::StoreU(from_state, d, hidden_n + u);
    hn::StoreU(next, d, hidden + u);
    hn::StoreU(next, d, state + u);
  }
};

void gru_step_lanes(const float* products, const float* hidden_bias, const GruRows& rows,
                    const GruTrace<float>& trace, float* hidden, std::size_t h) {
  for (std::size_t i = 0; i < rows.gates.size(); ++i) {
    apply_to_lanes(h, GruUnits{products + i * 3 * h, hidden_bias, trace.gates.data() + rows.gates[i] * 3 * h,
                               trace.hidden_n.data() + rows.gates[i] * h, hidden + i * h,
                               trace.states.data() + rows.states[i] * h, h});
    fetch(trace.gates.data() + (rows.gates[i] + 1) * 3 * h, 3 * h);
  }
}

struct GruUnitsBack {
  const float* before;
  const float* gradient;
  float* gates;
  float* hidden_n;
  float* carry;
  float* products;
  std::size_t h;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t u) const {
    const auto one = hn::Set(d, 1.0f);
    const auto r = hn::LoadU(d, gates + u), z = hn::LoadU(d, gates + h + u), n = hn::LoadU(d, gates + 2 * h + u);
    const auto total = hn::Add(hn::LoadU(d, carry + u), hn::LoadU(d, gradient + u));
    const auto past = hn::Mul(total, z);
    const auto of_n = hn::Mul(hn::Sub(total, past), hn::NegMulAdd(n, n, one));
    const auto of_hidden_n = hn::Mul(of_n, r);
    const auto of_r = hn::Mul(hn::Mul(of_hidden_n, hn::LoadU(d, hidden_n + u)), hn::Sub(one, r));
    const auto of_z = hn::Mul(hn::Mul(past, hn::Sub(hn::LoadU(d, before + u), n)), hn::Sub(one, z));
    hn::StoreU(of_r, d, gates + u);
    hn::StoreU(of_z, d, gates + h + u);
    hn::StoreU(of_n, d, gates + 2 * h + u);
    hn::StoreU(of_hidden_n, d, hidden_n + u);
    hn::StoreU(of_r, d, products + u);
    hn::StoreU(of_z, d, products + h + u);
    hn::StoreU(of_hidden_n, d, products + 2 * h + u);
    hn::StoreU(past, d, carry + u);
  }
};

void gru_step_back_lanes(const GruRows& rows, const GruTrace<float>& trace, const float* state_gradients,
                         float* carry, float* products, std::size_t h) {
  for (std::size_t i = 0; i < rows.gates.size(); ++i) {
    apply_to_lanes(h,
                   GruUnitsBack{trace.states.data() + (rows.states[i] - 1) * h, state_gradients + rows.gates[i] * h,
                                trace.gates.data() + rows.gates[i] * 3 * h, trace.hidden_n.data() + rows.gates[i] * h,
                                carry + i * h, products + i * 3 * h, h});
    if (rows.gates[i] == 0) continue;
    const std::size_t before = rows.gates[i] - 1;
    fetch(trace.gates.data() + before * 3 * h, 3 * h);
    fetch(trace.hidden_n.data() + before * h, h);
    fetch(state_gradients + before * h, h);
    fetch(trace.states.data() + (rows.states[i] - 1) * h - h, h);
  }
}

template <class D>
HWY_INLINE float tanh_key_group(D d, const float* shift, const float* query, float* key, std::size_t& i,
                                std::size_t size) {
  auto sum = hn::Zero(d);
  for (; i + hn::Lanes(d) <= size; i += hn::Lanes(d)) {
    const auto value = tanh_of(d, hn::Add(hn::LoadU(d, key + i), hn::LoadU(d, shift + i)));
    hn::StoreU(value, d, key + i);
    sum = hn::MulAdd(value, hn::LoadU(d, query + i), sum);
  }
  return hn::GetLane(hn::SumOfLanes(d, sum));
}

void tanh_keys_lanes(const float* shift, const float* query, std::size_t size, float* keys, float* scores,
                     std::size_t count) {
  for (std::size_t j = 0; j < count; ++j) {
    std::size_t i = 0;
    const float wide = tanh_key_group(WideTag(), shift, query, keys + j * size, i, size);
    scores[j] = i == size ? wide : wide + tanh_key_group(SingleTag(), shift, query, keys + j * size, i, size);
  }
}

// A group of key entries over all keys, so that both sums stay in registers.
struct KeysBack {
  const float* score_gradients;
  const float* query;
  float* keys;
  float* shift_gradient;
  float* query_gradient;
  std::size_t count;
  std::size_t size;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    const auto one = hn::Set(d, 1.0f), weight = hn::LoadU(d, query + i);
    auto of_shift = hn::Zero(d), of_query = hn::Zero(d);
    for (std::size_t j = 0; j < count; ++j) {
      const auto score = hn::Set(d, score_gradients[j]);
      const auto key = hn::LoadU(d, keys + j * size + i);
      of_query = hn::MulAdd(score, key, of_query);
      const auto of_sum = hn::Mul(hn::Mul(score, weight), hn::NegMulAdd(key, key, one));
      hn::StoreU(of_sum, d, keys + j * size + i);
      of_shift = hn::Add(of_shift, of_sum);
    }
    hn::StoreU(hn::Add(hn::LoadU(d, shift_gradient + i), of_shift), d, shift_gradient + i);
    hn::StoreU(hn::Add(hn::LoadU(d, query_gradient + i), of_query), d, query_gradient + i);
  }
};

void tanh_keys_back_lanes(const float* score_gradients, const float* query, std::size_t size, float* keys,
                          float* shift_gradient, float* query_gradient, std::size_t count) {
  apply_to_lanes(size, KeysBack{score_gradients, query, keys, shift_gradient, query_gradient, count, size});
}

HWY_INLINE float row_dot(const float* a, const float* b, std::size_t size) {
  const WideTag d;
  auto even = hn::Zero(d), odd = hn::Zero(d);
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + 2 * lanes <= size; i += 2 * lanes) {
    even = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), even);
    odd = hn::MulAdd(hn::LoadU(d, a + i + lanes), hn::LoadU(d, b + i + lanes), odd);
  }
  for (; i + lanes <= size; i += lanes) even = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), even);
  float sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(even, odd)));
  for (; i < size; ++i) sum += a[i] * b[i];
  return sum;
}

struct SoftmaxBack {
  const float* weights;
  const float* gradients;
  float mean;
  float* out;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    const auto off = hn::Sub(hn::LoadU(d, gradients + i), hn::Set(d, mean));
    hn::StoreU(hn::Mul(hn::LoadU(d, weights + i), off), d, out + i);
  }
};

void softmax_back_lanes(const float* weights, const float* gradients, std::size_t gradient_stride,
                        const StridedRows& rows, float* out) {
  for (std::size_t j = 0; j < rows.count; ++j) {
    const float* w = weights + j * rows.stride;
    const float* g = gradients + j * gradient_stride;
    apply_to_lanes(rows.size, SoftmaxBack{w, g, row_dot(w, g, rows.size), out + j * rows.stride});
  }
}

void row_dots_lanes(const float* a, const float* b, float* y, std::size_t count, std::size_t size) {
  for (std::size_t j = 0; j < count; ++j) y[j] = row_dot(a + j * size, b + j * size, size);
}

struct MultiplyRow {
  const float* factors;
  const float* x;
  float* y;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    hn::StoreU(hn::Mul(hn::LoadU(d, factors + i), hn::LoadU(d, x + i)), d, y + i);
  }
};

void multiply_rows_lanes(const float* factors, const float* x, float* y, std::size_t count, std::size_t size) {
  for (std::size_t j = 0; j < count; ++j) apply_to_lanes(size, MultiplyRow{factors, x + j * size, y + j * size});
}

struct AdamFactors {
  float beta1, rest1, beta2, rest2, correction2, epsilon, keep, rate;
};

struct Adam {
  AdamFactors f;
  const float* gradients;
  float* mean;
  float* square;
  float* weights;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    const auto of = [d](float value) { return hn::Set(d, value); };
    const auto g = hn::LoadU(d, gradients + i);
    const auto m = hn::MulAdd(of(f.beta1), hn::LoadU(d, mean + i), hn::Mul(of(f.rest1), g));
    const auto v = hn::MulAdd(of(f.beta2), hn::LoadU(d, square + i), hn::Mul(of(f.rest2), hn::Mul(g, g)));
    hn::StoreU(m, d, mean + i);
    hn::StoreU(v, d, square + i);
    const auto spread = hn::Add(hn::Sqrt(hn::Mul(v, of(f.correction2))), of(f.epsilon));
    const auto kept = hn::Mul(hn::LoadU(d, weights + i), of(f.keep));
    hn::StoreU(hn::Sub(kept, hn::Div(hn::Mul(of(f.rate), m), spread)), d, weights + i);
  }
};

AdamFactors factors_of(const AdamStep& step) {
  const auto f = [](double value) { return static_cast<float>(value); };
  return {f(step.beta1),
          f(1 - step.beta1),
          f(step.beta2),
          f(1 - step.beta2),
          f(1 / step.correction2),
          f(step.epsilon),
          f(1 - step.learning_rate * step.decay),
          f(step.learning_rate / step.correction1)};
}

void adam_lanes(const AdamStep& step, const float* gradients, float* mean, float* square, float* weights,
                std::size_t size) {
  apply_to_lanes(size, Adam{factors_of(step), gradients, mean, square, weights});
}

bool any_of_row(const float* row, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    if (row[i] != 0.0f) return true;
  }
  return false;
}

// Rows of embeddings are short, often of eight floats: groups of eight, then of one.
using RowTag = hn::CappedTag<float, 8>;

void adam_rows_lanes(const AdamStep& step, const RowCorrections& corrections, const float* gradients, float* mean,
                     float* square, float* weights, std::int32_t* counts, std::size_t rows, std::size_t width) {
  AdamFactors factors = factors_of(step);
  const auto rate = static_cast<float>(step.learning_rate);
  const std::size_t last = corrections.inverse1.size() - 1;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t at = row * width;
    if (!any_of_row(gradients + at, width)) continue;
    const auto updates = static_cast<std::size_t>(++counts[row]);
    const std::size_t count = updates < last ? updates : last;
    factors.rate = rate * corrections.inverse1[count];
    factors.correction2 = corrections.inverse2[count];
    const Adam adam{factors, gradients + at, mean + at, square + at, weights + at};
    apply_groups(SingleTag(), apply_groups(RowTag(), 0, width, adam), width, adam);
  }
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {

HWY_EXPORT(gru_step_lanes);
HWY_EXPORT(gru_step_back_lanes);
HWY_EXPORT(tanh_keys_lanes);
HWY_EXPORT(tanh_keys_back_lanes);
HWY_EXPORT(softmax_back_lanes);
HWY_EXPORT(row_dots_lanes);
HWY_EXPORT(multiply_rows_lanes);
HWY_EXPORT(adam_lanes);
HWY_EXPORT(adam_rows_lanes);

void gru_training_step(std::span<const float> products, std::span<const float> hidden_bias, const GruRows& rows,
                       const GruTrace<float>& trace, std::span<float> hidden) {
  const std::size_t h = hidden_bias.size();
  assert(products.size() == rows.gates.size() * 3 * h && hidden.size() == rows.gates.size() * h);
  assert(rows.states.size() == rows.gates.size());
  HWY_DYNAMIC_DISPATCH(gru_step_lanes)(products.data(), hidden_bias.data(), rows, trace, hidden.data(), h);
}

void gru_training_step_back(const GruRows& rows, const GruTrace<float>& trace, std::span<const float> state_gradients,
                            std::span<float> carry, std::span<float> products) {
  const std::size_t h = rows.gates.empty() ? 0 : carry.size() / rows.gates.size();
  assert(carry.size() == rows.gates.size() * h && products.size() == 3 * carry.size());
  assert(rows.states.size() == rows.gates.size());
  HWY_DYNAMIC_DISPATCH(gru_step_back_lanes)
  (rows, trace, state_gradients.data(), carry.data(), products.data(), h);
}

void tanh_keys(std::span<const float> shift, std::span<const float> query, std::span<float> keys,
               std::span<float> scores) {
  assert(shift.size() == query.size() && keys.size() == scores.size() * query.size());
  HWY_DYNAMIC_DISPATCH(tanh_keys_lanes)
  (shift.data(), query.data(), query.size(), keys.data(), scores.data(), scores.size());
}

void tanh_keys_back(std::span<const float> score_gradients, std::span<const float> query, std::span<float> keys,
                    std::span<float> shift_gradient, std::span<float> query_gradient) {
  assert(keys.size() == score_gradients.size() * query.size());
  assert(shift_gradient.size() == query.size() && query_gradient.size() == query.size());
  HWY_DYNAMIC_DISPATCH(tanh_keys_back_lanes)
  (score_gradients.data(), query.data(), query.size(), keys.data(), shift_gradient.data(), query_gradient.data(),
   score_gradients.size());
}

void softmax_rows_back(std::span<const float> weights, std::span<const float> gradients, std::size_t gradient_stride,
                       const StridedRows& rows, std::span<float> out) {
  assert(rows.count == 0 || weights.size() >= (rows.count - 1) * rows.stride + rows.size);
  assert(rows.count == 0 || out.size() >= (rows.count - 1) * rows.stride + rows.size);
  assert(rows.count == 0 || gradients.size() >= (rows.count - 1) * gradient_stride + rows.size);
  HWY_DYNAMIC_DISPATCH(softmax_back_lanes)(weights.data(), gradients.data(), gradient_stride, rows, out.data());
}

void row_dots(std::span<const float> a, std::span<const float> b, std::span<float> y) {
  const std::size_t size = y.empty() ? 0 : a.size() / y.size();
  assert(a.size() == y.size() * size && b.size() == a.size());
  HWY_DYNAMIC_DISPATCH(row_dots_lanes)(a.data(), b.data(), y.data(), y.size(), size);
}

void multiply_rows(std::span<const float> factors, std::span<const float> x, std::span<float> y) {
  const std::size_t rows = factors.empty() ? 0 : x.size() / factors.size();
  assert(x.size() == rows * factors.size() && y.size() == x.size());
  HWY_DYNAMIC_DISPATCH(multiply_rows_lanes)(factors.data(), x.data(), y.data(), rows, factors.size());
}

void adam_update(const AdamStep& step, std::span<const float> gradients, std::span<float> mean,
                 std::span<float> square, std::span<float> weights) {
  assert(gradients.size() == weights.size() && mean.size() == weights.size() && square.size() == weights.size());
  HWY_DYNAMIC_DISPATCH(adam_lanes)
  (step, gradients.data(), mean.data(), square.data(), weights.data(), weights.size());
}

void adam_update_rows(const AdamStep& step, const RowCorrections& corrections, std::span<const float> gradients,
                      std::span<float> mean, std::span<float> square, std::span<float> weights,
                      std::span<std::int32_t> counts) {
  const std::size_t width = counts.empty() ? 0 : weights.size() / counts.size();
  assert(gradients.size() == counts.size() * width && weights.size() == gradients.size());
  assert(mean.size() == weights.size() && square.size() == weights.size());
  assert(corrections.inverse1.size() > 1 && corrections.inverse2.size() == corrections.inverse1.size());
  HWY_DYNAMIC_DISPATCH(adam_rows_lanes)
  (step, corrections, gradients.data(), mean.data(), square.data(), weights.data(), counts.data(), counts.size(),
   width);
}

}  // namespace inkling::math
#endif  // HWY_ONCE
