#include "nn/readout.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "nn/exact_layers_test.h"

namespace inkling::nn {
namespace {

constexpr std::array<float, 4> kAttended{1, 2, 3, 4};  // [2 x 2]
constexpr std::array<float, 4> kContext{10, 20, 30, -40};

TEST(ReadoutTest, residual_matches_a_hand_computed_example) {
  std::array<float, 4> out{};
  residual_last_and_mean(kAttended, 2, std::array{30.0f, -40.0f}, std::array{20.0f, -10.0f}, out);
  EXPECT_EQ(out, (std::array<float, 4>{33, -36, 22, -7}));
}

TEST(ReadoutTest, tanh_product_matches_a_hand_computed_example) {
  std::array<float, 4> context{0.0f, 0.5f, -100.0f, 0.0f};
  std::array<float, 4> out{};
  tanh_product_last_and_mean(kAttended, context, 2, out);
  EXPECT_FLOAT_EQ(out[0], -3.0f);
  EXPECT_FLOAT_EQ(out[1], 0.0f);
  EXPECT_FLOAT_EQ(out[2], -1.5f);
  EXPECT_NEAR(out[3], std::tanh(0.5), 1e-6);
}

TEST(ReadoutTest, product_sum_matches_a_hand_computed_example) {
  std::array<float, 2> out{9, 9};
  product_sum(kAttended, kContext, out);
  EXPECT_EQ(out, (std::array<float, 2>{100, -120}));
}

TEST(ReadoutTest, no_rows_give_zeros) {
  std::array<float, 4> out{9, 9, 9, 9};
  tanh_product_last_and_mean({}, {}, 0, out);
  EXPECT_EQ(out, (std::array<float, 4>{}));
  out.fill(9);
  residual_last_and_mean({}, 0, std::array{5.0f, 5.0f}, std::array{5.0f, 5.0f}, out);
  EXPECT_EQ(out, (std::array<float, 4>{}));
  std::array<float, 2> sum{9, 9};
  product_sum({}, {}, sum);
  EXPECT_EQ(sum, (std::array<float, 2>{}));
}

void expect_equals_exact(std::size_t rows, std::size_t hidden, const math::Kernels& kernels) {
  base::Random random(51);
  const exact::Tensor attended("a", rows, hidden, random, 1.0), context("c", rows, hidden, random, 2.0);
  std::vector<float> residual(2 * hidden), product(2 * hidden), sum(hidden), overwritten = context.values;
  std::vector<float> context_last(hidden), context_mean(hidden);
  tanh_product_last_and_mean(attended.values, overwritten, rows, product, kernels);
  product_sum(attended.values, context.values, sum, kernels);
  const double share = 1.0 / static_cast<double>(rows);
  std::vector<double> attended_mean(hidden);
  for (std::size_t i = 0; i < hidden; ++i) {
    double tanh_sum = 0.0, plain_sum = 0.0, context_sum = 0.0, attended_sum = 0.0;
    for (std::size_t j = 0; j < rows; ++j) {
      tanh_sum += attended.at(j, i) * std::tanh(context.at(j, i));
      plain_sum += attended.at(j, i) * context.at(j, i);
      context_sum += context.at(j, i);
      attended_sum += attended.at(j, i);
    }
    const double a = attended.at(rows - 1, i), c = context.at(rows - 1, i);
    ASSERT_NEAR(product[i], a * std::tanh(c), 1e-5) << kernels.name;
    ASSERT_NEAR(product[hidden + i], share * tanh_sum, 1e-5) << kernels.name;
    ASSERT_NEAR(sum[i], plain_sum, 1e-5 * static_cast<double>(rows)) << kernels.name;
    context_last[i] = static_cast<float>(c);
    context_mean[i] = static_cast<float>(share * context_sum);
    attended_mean[i] = share * attended_sum;
  }
  residual_last_and_mean(attended.values, rows, context_last, context_mean, residual, kernels);
  for (std::size_t i = 0; i < hidden; ++i) {
    ASSERT_NEAR(residual[i], attended.at(rows - 1, i) + context.at(rows - 1, i), 1e-5) << kernels.name;
    ASSERT_NEAR(residual[hidden + i], attended_mean[i] + static_cast<double>(context_mean[i]), 1e-5) << kernels.name;
  }
}

TEST(ReadoutTest, equals_double_precision_over_lengths_and_widths_on_both_tables) {
  for (const math::Kernels* kernels : {&math::scalar_kernels(), &math::simd_kernels()}) {
    for (const std::size_t rows : {1u, 2u, 17u, 300u}) {
      for (const std::size_t hidden : {1u, 3u, 4u, 5u, 15u, 16u, 17u, 64u})
        expect_equals_exact(rows, hidden, *kernels);
    }
  }
}

}  // namespace
}  // namespace inkling::nn
