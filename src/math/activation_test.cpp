#include "math/activation.h"

#include <array>
#include <cmath>
#include <limits>

#include "math/instruction_set_test.h"

namespace inkling::math {
namespace {

using ActivationTest = InstructionSetTest;
using Curve = void (*)(std::span<const float> x, std::span<float> y);

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

// 400,001 points over [-range, range], and a fine comb of small magnitudes.
std::vector<float> dense_grid(double range) {
  std::vector<float> x;
  for (int i = -200000; i <= 200000; ++i) x.push_back(static_cast<float>(range * i / 200000.0));
  for (double magnitude = 1e-30; magnitude < 1.0; magnitude *= 1.01) {
    x.push_back(static_cast<float>(magnitude));
    x.push_back(static_cast<float>(-magnitude));
  }
  return x;
}

std::vector<float> curve_of(Curve curve, std::span<const float> x) {
  std::vector<float> y(x.size());
  curve(x, y);
  return y;
}

float at(Curve curve, float x) {
  return curve_of(curve, std::array{x})[0];
}

double sigmoid_exactly(double x) {
  return 1.0 / (1.0 + std::exp(-x));
}

TEST_P(ActivationTest, exp_is_right_to_3e_7_relative_wherever_the_result_is_normal) {
  const std::vector<float> x = dense_grid(88.7);
  const std::vector<float> y = curve_of(math::exp, x);
  double worst = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double exact = std::exp(static_cast<double>(x[i]));
    if (exact < 1.2e-38) {
      ASSERT_NEAR(y[i], exact, 2e-38) << x[i];
    } else {
      worst = std::max(worst, std::abs(y[i] - exact) / exact);
    }
  }
  EXPECT_LE(worst, 3e-7);
}

TEST_P(ActivationTest, sigmoid_is_right_to_3e_7_relative_wherever_the_result_is_normal) {
  const std::vector<float> x = dense_grid(120.0);
  const std::vector<float> y = curve_of(math::sigmoid, x);
  double worst = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double exact = sigmoid_exactly(static_cast<double>(x[i]));
    if (exact < 1.2e-38) {
      ASSERT_NEAR(y[i], exact, 2e-38) << x[i];
    } else {
      worst = std::max(worst, std::abs(y[i] - exact) / exact);
    }
  }
  EXPECT_LE(worst, 3e-7);
}

TEST_P(ActivationTest, tanh_is_right_to_3e_7_absolute_and_6e_7_relative) {
  const std::vector<float> x = dense_grid(30.0);
  const std::vector<float> y = curve_of(math::tanh, x);
  double worst_absolute = 0.0;
  double worst_relative = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double exact = std::tanh(static_cast<double>(x[i]));
    const double error = std::abs(y[i] - exact);
    worst_absolute = std::max(worst_absolute, error);
    if (exact != 0.0) worst_relative = std::max(worst_relative, error / std::abs(exact));
  }
  EXPECT_LE(worst_absolute, 3e-7);
  EXPECT_LE(worst_relative, 6e-7);
}

TEST_P(ActivationTest, far_values_reach_their_limits_and_nan_passes) {
  for (const float far : {1e3f, 1e30f, std::numeric_limits<float>::max(), kInfinity}) {
    EXPECT_EQ(at(math::exp, far), kInfinity) << far;
    EXPECT_EQ(at(math::exp, -far), 0.0f) << far;
    EXPECT_EQ(at(math::sigmoid, far), 1.0f) << far;
    EXPECT_EQ(at(math::sigmoid, -far), 0.0f) << far;
    EXPECT_EQ(at(math::tanh, far), 1.0f) << far;
    EXPECT_EQ(at(math::tanh, -far), -1.0f) << far;
  }
  EXPECT_EQ(at(math::exp, 0.0f), 1.0f);
  EXPECT_EQ(at(math::sigmoid, 0.0f), 0.5f);
  EXPECT_EQ(at(math::tanh, 0.0f), 0.0f);
  for (const Curve curve : {Curve{math::exp}, Curve{math::sigmoid}, Curve{math::tanh}, Curve{math::relu}}) {
    const std::vector<float> y = curve_of(curve, std::vector<float>(21, kNan));
    for (const float value : y) EXPECT_TRUE(std::isnan(value));
  }
}

TEST_P(ActivationTest, curves_equal_the_reference_at_every_length_and_alignment) {
  base::Random random(4);
  const std::vector<std::pair<Curve, Curve>> curves = {{math::exp, reference::exp},
                                                       {math::tanh, reference::tanh},
                                                       {math::sigmoid, reference::sigmoid},
                                                       {math::relu, reference::relu}};
  for (const auto& [fast, plain] : curves) {
    for (const std::size_t size : kLengths) {
      for (const std::size_t offset : kOffsets) {
        GuardedFloats x(size, offset, random, -6.0, 2.0);
        GuardedFloats y(size, offset + 1);
        GuardedFloats expected(size, 0);
        fast(x.span(), y.span());
        plain(x.span(), expected.span());
        for (std::size_t i = 0; i < size; ++i) ASSERT_NEAR(y.span()[i], expected.span()[i], 1e-5) << size;
        EXPECT_TRUE(y.guards_intact()) << size << " at " << offset;
        fast(x.span(), x.span());
        for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(x.span()[i], y.span()[i]) << "in place, " << size;
      }
    }
  }
}

TEST(ActivationReferenceTest, softmax_matches_a_hand_computed_example) {
  std::array<float, 8> rows{0.0f, std::log(2.0f), std::log(5.0f), 99.0f, 99.0f, 1.0f, 1.0f, 1.0f};
  reference::softmax_rows(rows, 3, 5);
  EXPECT_NEAR(rows[0], 0.125f, 1e-6);
  EXPECT_NEAR(rows[1], 0.25f, 1e-6);
  EXPECT_NEAR(rows[2], 0.625f, 1e-6);
  EXPECT_EQ(rows[3], 99.0f);
  for (const std::size_t i : {5u, 6u, 7u}) EXPECT_NEAR(rows[i], 1.0f / 3.0f, 1e-6);
}

TEST(ActivationReferenceTest, tanh_dots_match_a_hand_computed_example) {
  std::array<float, 2> y{9.0f, 9.0f};
  reference::tanh_dots(std::array{0.0f, 1.0f, -1.0f, 100.0f}, std::array{5.0f, 2.0f}, y);
  EXPECT_NEAR(y[0], 2.0 * std::tanh(1.0), 1e-6);
  EXPECT_NEAR(y[1], 2.0 - 5.0 * std::tanh(1.0), 1e-6);
}

TEST_P(ActivationTest, softmax_equals_the_reference_at_every_length_stride_and_alignment) {
  base::Random random(5);
  constexpr std::size_t kRows = 11;  // more than take a pass together, and no multiple of them
  for (const std::size_t size : kLengths) {
    for (const std::size_t gap : kOffsets) {
      const std::size_t stride = size + gap;
      GuardedFloats rows(size == 0 ? 0 : (kRows - 1) * stride + size, gap, random, -10.0, 10.0);
      const GuardedFloats before = rows;
      GuardedFloats expected = rows;
      softmax_rows(rows.span(), size, stride);
      reference::softmax_rows(expected.span(), size, stride);
      for (std::size_t i = 0; i < rows.span().size(); ++i) {
        ASSERT_NEAR(rows.span()[i], expected.span()[i], 1e-6) << size << " every " << stride;
      }
      for (std::size_t row = 0; row + size < rows.span().size(); row += stride) {
        double sum = 0.0;
        for (const float value : rows.span().subspan(row, size)) sum += value;
        EXPECT_NEAR(sum, 1.0, 1e-5) << size << " every " << stride;
      }
      EXPECT_TRUE(rows.guards_intact()) << size << " every " << stride;
    }
  }
}

TEST_P(ActivationTest, exp_rows_with_their_factors_equal_the_reference_at_every_length_stride_and_alignment) {
  base::Random random(6);
  constexpr std::size_t kRows = 11;
  for (const std::size_t size : kLengths) {
    for (const std::size_t gap : kOffsets) {
      if (size == 0) continue;
      const std::size_t stride = size + gap;
      GuardedFloats rows((kRows - 1) * stride + size, gap, random, -10.0, 10.0);
      GuardedFloats expected = rows, factors(kRows, gap), expected_factors(kRows, 0);
      exp_rows(rows.span(), size, stride, factors.span());
      reference::exp_rows(expected.span(), size, stride, expected_factors.span());
      for (std::size_t i = 0; i < rows.span().size(); ++i) {
        ASSERT_NEAR(rows.span()[i], expected.span()[i], 1e-6) << size << " every " << stride;
      }
      for (std::size_t j = 0; j < kRows; ++j) {
        ASSERT_NEAR(factors.span()[j] / expected_factors.span()[j], 1.0, 2e-6) << size << " every " << stride;
      }
      EXPECT_TRUE(rows.guards_intact() && factors.guards_intact()) << size << " every " << stride;
    }
  }
}

TEST_P(ActivationTest, tanh_dots_equal_the_reference_at_every_length_and_alignment) {
  base::Random random(9);
  for (const std::size_t size : kLengths) {
    for (const std::size_t offset : kOffsets) {
      for (const std::size_t count : {0u, 1u, 5u}) {
        GuardedFloats rows(size * count, offset, random, -3.0, 3.0);
        GuardedFloats weights(size, offset + 1, random, -1.0, 1.0);
        GuardedFloats y(count, offset), expected(count, 0);
        tanh_dots(rows.span(), weights.span(), y.span());
        reference::tanh_dots(rows.span(), weights.span(), expected.span());
        const double tolerance = 1e-6 * (1.0 + static_cast<double>(size));
        for (std::size_t j = 0; j < count; ++j) ASSERT_NEAR(y.span()[j], expected.span()[j], tolerance) << size;
        EXPECT_TRUE(y.guards_intact()) << size << " at " << offset;
      }
    }
  }
}

TEST_P(ActivationTest, softmax_survives_large_scores_and_gives_minus_infinity_no_weight) {
  std::vector<float> row(19, -3e38f);
  row[4] = row[18] = 3e38f;
  softmax_rows(row, 19, 19);
  for (std::size_t i = 0; i < row.size(); ++i) EXPECT_FLOAT_EQ(row[i], i == 4 || i == 18 ? 0.5f : 0.0f) << i;
  std::vector<float> masked(18, -kInfinity);
  masked[17] = -7.0f;
  softmax_rows(masked, 18, 18);
  for (std::size_t i = 0; i < masked.size(); ++i) EXPECT_EQ(masked[i], i == 17 ? 1.0f : 0.0f) << i;
}

// The maximum is the row's own: a zero from outside it would leave nothing of the row.
TEST_P(ActivationTest, softmax_of_equal_scores_far_below_zero_is_even) {
  for (const std::size_t size : {1u, 3u, 16u, 19u, 21u}) {
    std::vector<float> row(size, -500.0f);
    softmax_rows(row, size, size);
    for (const float value : row) EXPECT_FLOAT_EQ(value, 1.0f / static_cast<float>(size)) << size;
  }
}

TEST_P(ActivationTest, softmax_of_nan_infinity_or_nothing_is_nan) {
  for (const float poison : {kNan, kInfinity}) {
    for (const std::size_t place : {0u, 6u, 20u}) {
      std::vector<float> row(21, 1.0f);
      row[place] = poison;
      softmax_rows(row, 21, 21);
      EXPECT_TRUE(std::isnan(row[place])) << poison << " at " << place;
    }
  }
  std::vector<float> nothing(20, -kInfinity);
  softmax_rows(nothing, 20, 20);
  for (const float value : nothing) EXPECT_TRUE(std::isnan(value));
}

INKLING_FOR_EACH_INSTRUCTION_SET(ActivationTest);

}  // namespace
}  // namespace inkling::math
