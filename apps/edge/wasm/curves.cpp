#include "apps/edge/wasm/curves.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace inkling::edge {
namespace {

constexpr double kLn2 = 0.69314718055994531;
constexpr double kLog2E = 1.4426950408889634;
constexpr int kDegree = 13;  // of e^r for |r| <= ln2 / 2: the next term is 4e-18
constexpr int kExponentBias = 1023, kMantissaBits = 52;

}  // namespace

double small_exp2(double x) {
  if (x < 1 - kExponentBias) return 0;
  if (x > kExponentBias) return std::numeric_limits<double>::infinity();
  if (std::isnan(x)) return x;
  const double whole = __builtin_rint(x);
  const double r = (x - whole) * kLn2;
  double power = 1;
  for (int k = kDegree; k > 0; --k) power = 1 + power * r / k;
  return power * std::bit_cast<double>((static_cast<std::int64_t>(whole) + kExponentBias) << kMantissaBits);
}

float small_exp(float x) {
  return static_cast<float>(small_exp2(x * kLog2E));
}

float small_tanh(float x) {
  return static_cast<float>(1 - 2 / (1 + small_exp2(2 * kLog2E * x)));
}

}  // namespace inkling::edge
