#include "apps/edge/wasm/curves.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace inkling::edge {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

// In units of the exact value's last place, as a float has it.
double floats_off(float found, double exact) {
  const auto near = static_cast<float>(exact);
  return std::abs(static_cast<double>(found) - exact) / (std::nextafter(std::abs(near), kInfinity) - std::abs(near));
}

// Where floats are normal; what is smaller is told below.
TEST(SmallCurves, are_within_two_last_places_of_the_library) {
  double exp_off = 0, tanh_off = 0, exp2_off = 0;
  for (int i = -87'000; i <= 88'000; ++i) {
    const float x = static_cast<float>(i) * 1e-3F + 3.7e-4F;
    exp_off = std::max(exp_off, floats_off(small_exp(x), std::exp(static_cast<double>(x))));
    exp2_off = std::max(exp2_off, std::abs(small_exp2(x) / std::exp2(static_cast<double>(x)) - 1));
  }
  for (int i = -20'000; i <= 20'000; ++i) {
    const float x = static_cast<float>(i) * 1e-3F + 3.7e-4F;
    tanh_off = std::max(tanh_off, floats_off(small_tanh(x), std::tanh(static_cast<double>(x))));
  }
  EXPECT_LE(exp_off, 1);
  EXPECT_LE(tanh_off, 2);
  EXPECT_LE(exp2_off, 2e-15);
  EXPECT_GT(exp_off, 0.2) << "a comparison with itself shows nothing";
}

// 1 - 2 / (1 + e^2x) loses the digits of x near nought: an error far below one of the tanh's own scale.
TEST(SmallCurves, of_small_numbers_are_right_to_the_scale_of_one) {
  for (float x = 1e-30F; x < 1e-3F; x *= 1.7F) {
    const double exact = std::tanh(static_cast<double>(x)), off = exact * 0x1p-23 + 1e-15;
    EXPECT_NEAR(small_tanh(x), exact, off);
    EXPECT_NEAR(small_tanh(-x), -exact, off);
  }
  EXPECT_EQ(small_tanh(0), 0);
  EXPECT_EQ(small_exp(0), 1);
}

TEST(SmallCurves, end_where_the_librarys_do) {
  EXPECT_EQ(small_exp(kInfinity), kInfinity);
  EXPECT_EQ(small_exp(-kInfinity), 0);
  EXPECT_EQ(small_exp(100), kInfinity);
  EXPECT_EQ(small_exp(-200), 0);
  EXPECT_EQ(small_exp2(2000), std::numeric_limits<double>::infinity());
  EXPECT_EQ(small_exp2(1023), 0x1p1023);
  EXPECT_EQ(small_exp2(1023.25), std::numeric_limits<double>::infinity()) << "an octave early";
  EXPECT_EQ(small_exp2(-1022), 0x1p-1022);
  EXPECT_EQ(small_exp2(-1030), 0) << "denormal";
  EXPECT_EQ(small_tanh(kInfinity), 1);
  EXPECT_EQ(small_tanh(-kInfinity), -1);
  EXPECT_TRUE(std::isnan(small_exp(std::nanf(""))));
  EXPECT_TRUE(std::isnan(small_exp2(std::nan(""))));
  EXPECT_TRUE(std::isnan(small_tanh(std::nanf(""))));
}

}  // namespace
}  // namespace inkling::edge
