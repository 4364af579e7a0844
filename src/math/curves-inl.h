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

// 2^n for -126 <= n <= 127.
template <class D, class VI>
HWY_INLINE hn::Vec<D> power_of_two(D d, VI n) {
  const hn::RebindToSigned<D> di;
  return hn::BitCast(d, hn::ShiftLeft<23>(hn::Add(n, hn::Set(di, 127))));
}

// e^r - 1 for x = n ln2 + r; n comes back as a vector of integers. |x| <= 128, or NaN.
template <class D, class VI>
HWY_INLINE hn::Vec<D> split_expm1(D d, hn::Vec<D> x, VI& n) {
  n = hn::NearestInt(hn::Mul(x, hn::Set(d, 1.44269504f)));
  const auto steps = hn::ConvertTo(d, n);
  // ln2 in two parts: the first has so few digits that its product with n is exact.
  auto r = hn::NegMulAdd(steps, hn::Set(d, 0x1.62cp-1f), x);
  r = hn::NegMulAdd(steps, hn::Set(d, 2.760868099452862e-4f), r);
  auto q = hn::Set(d, 0x1.6d117cp-10f);
  q = hn::MulAdd(q, r, hn::Set(d, 0x1.120be2p-7f));
  q = hn::MulAdd(q, r, hn::Set(d, 0x1.555518p-5f));
  q = hn::MulAdd(q, r, hn::Set(d, 0x1.5554dcp-3f));
  q = hn::MulAdd(q, r, hn::Set(d, 0.5f));
  return hn::MulAdd(hn::Mul(r, r), q, r);
}

template <class D>
HWY_INLINE hn::Vec<D> exp_of(D d, hn::Vec<D> x) {
  // e^-105 rounds to 0 and e^89 to infinity, so nothing is lost by stopping there.
  const auto bounded = at_least(d, -105.0f, at_most(d, 89.0f, x));
  hn::Vec<hn::RebindToSigned<D>> n;
  const auto p = hn::Add(split_expm1(d, bounded, n), hn::Set(d, 1.0f));
  // In two halves, because 2^128 and 2^-150 have no float of their own.
  const auto half = hn::ShiftRight<1>(n);
  return hn::Mul(hn::Mul(p, power_of_two(d, half)), power_of_two(d, hn::Sub(n, half)));
}

// e^x for x <= 0: exactly 0 below -87, where exp_of still has denormal numbers.
template <class D>
HWY_INLINE hn::Vec<D> exp_of_negative(D d, hn::Vec<D> x) {
  const auto bounded = at_least(d, -87.0f, x);
  hn::Vec<hn::RebindToSigned<D>> n;
  const auto p = hn::Add(split_expm1(d, bounded, n), hn::Set(d, 1.0f));
  const auto y = hn::Mul(p, power_of_two(d, n));
  return hn::IfThenElse(hn::Lt(x, hn::Set(d, -87.0f)), hn::Zero(d), y);
}

// e = exp(-2|x|) - 1 lies in (-1, 0], so -e / (2 + e) neither overflows nor cancels.
template <class D>
HWY_INLINE hn::Vec<D> tanh_of(D d, hn::Vec<D> x) {
  const auto t = at_least(d, -40.0f, hn::Mul(hn::Abs(x), hn::Set(d, -2.0f)));
  hn::Vec<hn::RebindToSigned<D>> n;
  const auto p = split_expm1(d, t, n);
  const auto s = power_of_two(d, n);
  const auto e = hn::MulAdd(s, p, hn::Sub(s, hn::Set(d, 1.0f)));
  return hn::CopySign(hn::Div(e, hn::Add(e, hn::Set(d, 2.0f))), x);
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
  hn::Vec<hn::RebindToSigned<D>> n;
  const auto p = hn::Add(split_expm1(d, bounded, n), hn::Set(d, 1.0f));
  return hn::MulAdd(p, power_of_two(d, n), hn::Set(d, 1.0f));
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
