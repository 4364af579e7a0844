#include "math/half_gru.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/core/random.h"

namespace inkling::math {
namespace {

std::vector<float> random_floats(std::size_t count, std::uint64_t seed, double low, double high) {
  base::Random random(seed);
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(random.uniform(low, high));
  return values;
}

constexpr std::size_t kHidden = 64;
constexpr std::size_t kSteps = 200;

struct Gru {
  // LibTorch's start values, and inputs that open and close the gates.
  std::vector<float> w = random_floats(3 * kHidden * kHidden, 11, -0.125, 0.125);
  std::vector<float> bias = random_floats(3 * kHidden, 12, -0.125, 0.125);
  std::vector<float> projected = random_floats(kSteps * 3 * kHidden, 13, -2, 2);
};

// In double, with the standard library.
std::vector<double> exact_states(const Gru& gru) {
  std::vector<double> h(kHidden), next(kHidden), states;
  const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
  for (std::size_t step = 0; step < kSteps; ++step) {
    const float* in = gru.projected.data() + step * 3 * kHidden;
    for (std::size_t i = 0; i < kHidden; ++i) {
      double parts[3];
      for (std::size_t gate = 0; gate < 3; ++gate) {
        const std::size_t row = gate * kHidden + i;
        parts[gate] = gru.bias[row];
        for (std::size_t k = 0; k < kHidden; ++k) parts[gate] += gru.w[row * kHidden + k] * h[k];
      }
      const double r = sigmoid(in[i] + parts[0]), z = sigmoid(in[kHidden + i] + parts[1]);
      next[i] = (1 - z) * std::tanh(in[2 * kHidden + i] + r * parts[2]) + z * h[i];
    }
    h = next;
    states.insert(states.end(), h.begin(), h.end());
  }
  return states;
}

double drift(const Gru& gru, const std::vector<double>& exact, MatrixPath path) {
  std::vector<float> rows(kSteps * kHidden), scratch(3 * kHidden);
  const std::vector<float> start(kHidden);
  half_gru_steps(HalfMatrix(path, gru.w, gru.bias, 3 * kHidden, kHidden), gru.projected, start, rows, scratch);
  double largest = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) largest = std::max(largest, std::abs(rows[i] - exact[i]));
  return largest;
}

// States lie in -1..1. The gates contract, so an error fades within some steps instead of adding up: the drift is
// that of a few steps' rounding. Measured: fp16 5.8e-4, bf16 1.5e-3, wide-bf16 9.6e-4; the upper bounds are the
// double, for other orders of summation; a format that rounds less than it says would fall below the lower ones.
TEST(HalfGruTest, two_hundred_steps_drift_no_further_than_each_format_rounds) {
  struct Bound {
    MatrixPath path;
    double low, high;
  };
  const Gru gru;
  const std::vector<double> exact = exact_states(gru);
  for (const Bound bound : {Bound{MatrixPath::kScalarFp16, 5e-5, 1.2e-3},
                            {MatrixPath::kAvx512Fp16, 5e-5, 1.2e-3},
                            {MatrixPath::kScalarBf16, 3e-4, 3e-3},
                            {MatrixPath::kAvx512Bf16, 3e-4, 3e-3},
                            {MatrixPath::kScalarWideBf16, 2e-4, 2e-3},
                            {MatrixPath::kWideBf16, 2e-4, 2e-3}}) {
    if (!is_available(bound.path)) continue;
    const double found = drift(gru, exact, bound.path);
    EXPECT_GT(found, bound.low) << path_name(bound.path);
    EXPECT_LT(found, bound.high) << path_name(bound.path);
    RecordProperty(path_name(bound.path), std::to_string(found));
  }
}

}  // namespace
}  // namespace inkling::math
