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

// 2^n for -126 <= n <= 127.
template <class D, class VI>
HWY_INLINE hn::Vec<D> power_of_two(D d, VI n) {
  const hn::RebindToSigned<D> di;
  return hn::BitCast(d, hn::ShiftLeft<23>(hn::Add(n, hn::Set(di, 127))));
}

// e^r - 1 for x = n ln2 + r; n comes back as a vector of integers. |x| <= 128.
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
  const auto bounded = hn::Min(hn::Max(x, hn::Set(d, -105.0f)), hn::Set(d, 89.0f));
  const auto safe = hn::IfThenElse(hn::IsNaN(x), hn::Zero(d), bounded);
  hn::Vec<hn::RebindToSigned<D>> n;
  const auto p = hn::Add(split_expm1(d, safe, n), hn::Set(d, 1.0f));
  // In two halves, because 2^128 and 2^-150 have no float of their own.
  const auto half = hn::ShiftRight<1>(n);
  const auto y = hn::Mul(hn::Mul(p, power_of_two(d, half)), power_of_two(d, hn::Sub(n, half)));
  return hn::IfThenElse(hn::IsNaN(x), x, y);
}

// e = exp(-2|x|) - 1 lies in (-1, 0], so -e / (2 + e) neither overflows nor cancels.
template <class D>
HWY_INLINE hn::Vec<D> tanh_of(D d, hn::Vec<D> x) {
  const auto t = hn::Max(hn::Mul(hn::Abs(x), hn::Set(d, -2.0f)), hn::Set(d, -40.0f));
  const auto safe = hn::IfThenElse(hn::IsNaN(x), hn::Zero(d), t);
  hn::Vec<hn::RebindToSigned<D>> n;
  const auto p = split_expm1(d, safe, n);
  const auto s = power_of_two(d, n);
  const auto e = hn::MulAdd(s, p, hn::Sub(s, hn::Set(d, 1.0f)));
  const auto y = hn::Div(hn::Neg(e), hn::Add(e, hn::Set(d, 2.0f)));
  return hn::IfThenElse(hn::IsNaN(x), x, hn::CopySign(y, x));
}

template <class D>
HWY_INLINE hn::Vec<D> sigmoid_of(D d, hn::Vec<D> x) {
  const auto one = hn::Set(d, 1.0f);
  return hn::Div(one, hn::Add(one, exp_of(d, hn::Neg(x))));
}

// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // INKLING_MATH_CURVES_INL_H_
