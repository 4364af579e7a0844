// exp, tanh and sigmoid of one vector, for the files that fuse them into something larger. Included once per
// instruction set (Highway's foreach_target). Accuracy and edge cases: activation.h.
//
// Method: x = n ln2 + r with |r| <= ln2/2; e^r - 1 = r + r^2 q(r), where q is the degree-4 polynomial through e^r at
// five Chebyshev nodes of that interval (our own fit: relative error of e^r - 1 below 2.4e-8). tanh and sigmoid are
// quotients of it, arranged so that nothing overflows and small arguments lose no digits.
#if defined(INKLING_MATH_CURVES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef INKLING_MATH_CURVES_INL_H_
#undef INKLING_MATH_CURVES_INL_H_
#else
#define INKLING_MATH_CURVES_INL_H_
#endif

#include "hwy/highway.h"

#undef INKLING_MATH_HAS_SCALEF
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
#define INKLING_MATH_HAS_SCALEF 1
#else
#define INKLING_MATH_HAS_SCALEF 0
#endif

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Bounds that let NaN through: x86 returns the second operand when either is NaN, other machines return NaN, and
// Highway's plain C++ the one that is a number.
template <class D>
HWY_INLINE hn::Vec<D> at_least(D d, float low, hn::Vec<D> x) {
#if HWY_TARGET == HWY_SCALAR
  return hn::IfThenElse(hn::Lt(x, hn::Set(d, low)), hn::Set(d, low), x);
#else
  return hn::Max(hn::Set(d, low), x);
#endif
}
template <class D>
HWY_INLINE hn::Vec<D> at_most(D d, float high, hn::Vec<D> x) {
#if HWY_TARGET == HWY_SCALAR
  return hn::IfThenElse(hn::Gt(x, hn::Set(d, high)), hn::Set(d, high), x);
#else
  return hn::Min(hn::Set(d, high), x);
#endif
}

// p 2^n for whole -126 <= n <= 127. AVX-512 has an instruction for it, whose n may be any.
template <class D>
HWY_INLINE hn::Vec<D> times_power_of_two(D d, hn::Vec<D> p, hn::Vec<D> n) {
#if INKLING_MATH_HAS_SCALEF
  if constexpr (sizeof(p) == 64) {
    return hn::Vec<D>{_mm512_scalef_ps(p.raw, n.raw)};
  } else {
    return hn::Vec<D>{_mm_scalef_ps(p.raw, n.raw)};
  }
#else
  const hn::RebindToSigned<D> di;
#if HWY_TARGET == HWY_SCALAR
  // A NaN is no whole number: C++ leaves open what comes of it, vectors do not. p is NaN then, and so is the product.
  n = hn::IfThenElse(hn::IsNaN(n), hn::Zero(d), n);
#endif
  return hn::Mul(p, hn::BitCast(d, hn::ShiftLeft<23>(hn::Add(hn::ConvertTo(di, n), hn::Set(di, 127)))));
#endif
}

// e^r - 1, |r| <= ln2 / 2; two short chains instead of a long one, because steps of a cell wait for it.
template <class D>
HWY_INLINE hn::Vec<D> short_expm1(D d, hn::Vec<D> r) {
  const auto square = hn::Mul(r, r);
  const auto low = hn::MulAdd(r, hn::Set(d, 0x1.5554dcp-3f), hn::Set(d, 0.5f));
  auto high = hn::MulAdd(r, hn::Set(d, 0x1.120be2p-7f), hn::Set(d, 0x1.555518p-5f));
  high = hn::MulAdd(square, hn::Set(d, 0x1.6d117cp-10f), high);
  return hn::MulAdd(square, hn::MulAdd(square, high, low), r);
}

// e^r - 1 for x = n ln2 + r, n whole. |x| <= 128, or NaN.
template <class D>
HWY_INLINE hn::Vec<D> split_expm1(D d, hn::Vec<D> x, hn::Vec<D>& n) {
  n = hn::Round(hn::Mul(x, hn::Set(d, 1.44269504f)));
  // ln2 in two parts: the first has so few digits that its product with n is exact.
  const auto r = hn::NegMulAdd(n, hn::Set(d, 0x1.62cp-1f), x);
  return short_expm1(d, hn::NegMulAdd(n, hn::Set(d, 2.760868099452862e-4f), r));
}

// The same with ln2 in one part, for sums with 1, in which e^x counts only where |n| is small: an error of e^x of
// n 2e-9 (with multiplications that are rounded before they are added, n 6e-8).
template <class D>
HWY_INLINE hn::Vec<D> quick_expm1(D d, hn::Vec<D> x, hn::Vec<D>& n) {
  n = hn::Round(hn::Mul(x, hn::Set(d, 1.44269504f)));
  return short_expm1(d, hn::NegMulAdd(n, hn::Set(d, 0.693147181f), x));
}

template <class D>
HWY_INLINE hn::Vec<D> exp_of(D d, hn::Vec<D> x) {
  // e^-105 rounds to 0 and e^89 to infinity, so nothing is lost by stopping there.
  const auto bounded = at_least(d, -105.0f, at_most(d, 89.0f, x));
  hn::Vec<D> n;
  const auto p = hn::Add(split_expm1(d, bounded, n), hn::Set(d, 1.0f));
#if INKLING_MATH_HAS_SCALEF
  return times_power_of_two(d, p, n);
#else
  // In two halves, because 2^128 and 2^-150 have no float of their own.
  const auto half = hn::Floor(hn::Mul(n, hn::Set(d, 0.5f)));
  return times_power_of_two(d, times_power_of_two(d, p, half), hn::Sub(n, half));
#endif
}

// e^x for x <= 0. Without the instruction, exactly 0 below -87, where exp_of still has denormal numbers.
template <class D>
HWY_INLINE hn::Vec<D> exp_of_negative(D d, hn::Vec<D> x) {
  constexpr float kLowest = INKLING_MATH_HAS_SCALEF ? -105.0f : -87.0f;
  const auto bounded = at_least(d, kLowest, x);
  hn::Vec<D> n;
  const auto p = hn::Add(split_expm1(d, bounded, n), hn::Set(d, 1.0f));
  const auto y = times_power_of_two(d, p, n);
#if INKLING_MATH_HAS_SCALEF
  return y;
#else
  return hn::IfThenElse(hn::Lt(x, hn::Set(d, kLowest)), hn::Zero(d), y);
#endif
}

// tanh as a quotient, whose bottom lies in (1, 2].
template <class D>
struct TanhParts {
  hn::Vec<D> top, bottom;
};

// e = exp(-2|x|) - 1 lies in (-1, 0], so -e / (2 + e) neither overflows nor cancels.
template <class D>
HWY_INLINE TanhParts<D> tanh_parts(D d, hn::Vec<D> x) {
  const auto t = at_least(d, -40.0f, hn::Mul(hn::Abs(x), hn::Set(d, -2.0f)));
  hn::Vec<D> n;
  const auto p = quick_expm1(d, t, n);
  const auto s = times_power_of_two(d, hn::Set(d, 1.0f), n);
  const auto e = hn::MulAdd(s, p, hn::Sub(s, hn::Set(d, 1.0f)));
  return {hn::CopySign(e, x), hn::Add(e, hn::Set(d, 2.0f))};
}

template <class D>
HWY_INLINE hn::Vec<D> tanh_of(D d, hn::Vec<D> x) {
  const TanhParts<D> parts = tanh_parts(d, x);
  return hn::Div(parts.top, parts.bottom);
}

template <class D>
HWY_INLINE hn::Vec<D> sigmoid_of(D d, hn::Vec<D> x) {
  const auto one = hn::Set(d, 1.0f);
  return hn::Div(one, hn::Add(one, exp_of(d, hn::Neg(x))));
}

// 1 + e^-x, whose inverse is the sigmoid to 1e-13 absolute: e^-x stops at e^30, so that two such sums can be
// multiplied and inverted by one division.
template <class D>
HWY_INLINE hn::Vec<D> inverse_gate(D d, hn::Vec<D> x) {
  const auto bounded = at_least(d, -30.0f, at_most(d, 30.0f, hn::Neg(x)));
  hn::Vec<D> n;
  const auto p = hn::Add(quick_expm1(d, bounded, n), hn::Set(d, 1.0f));
  return hn::Add(times_power_of_two(d, p, n), hn::Set(d, 1.0f));
}

// The sigmoids of a and b with one division.
template <class D>
HWY_INLINE void two_gates(D d, hn::Vec<D>& a, hn::Vec<D>& b) {
  const auto inverse_a = inverse_gate(d, a);
  const auto inverse_b = inverse_gate(d, b);
  const auto both = hn::Div(hn::Set(d, 1.0f), hn::Mul(inverse_a, inverse_b));
  a = hn::Mul(both, inverse_b);
  b = hn::Mul(both, inverse_a);
}

// The next state of a GRU's units from the sums at their gates: r and z open the gates, n = tanh(input_n + r
// hidden_n).
template <class D>
HWY_INLINE hn::Vec<D> gru_state(D d, hn::Vec<D> r, hn::Vec<D> z, hn::Vec<D> input_n, hn::Vec<D> hidden_n,
                                hn::Vec<D> h) {
  two_gates(d, r, z);
  const auto n = tanh_of(d, hn::MulAdd(r, hidden_n, input_n));
  return hn::MulAdd(z, hn::Sub(h, n), n);  // n + z (h - n)
}

// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // INKLING_MATH_CURVES_INL_H_
