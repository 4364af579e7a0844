#include "nn/dense.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "nn/exact_layers_test.h"

namespace inkling::nn {
namespace {

constexpr std::array<float, 6> kWeight{1, 2, 3, -1, 0, 1};  // [2 x 3]
constexpr std::array<float, 2> kBias{0.5f, -4.0f};
constexpr std::array<float, 3> kInput{1, 1, 2};

std::array<float, 2> forward(Activation activation) {
  const auto dense = Dense::make({"w", kWeight, 2, 3}, {"b", kBias, 2}, activation);
  std::array<float, 2> y{};
  dense->forward(kInput, y);
  return y;
}

TEST(DenseTest, matches_a_hand_computed_example_with_every_activation) {
  EXPECT_EQ(forward(Activation::kNone), (std::array<float, 2>{9.5f, -3.0f}));
  EXPECT_EQ(forward(Activation::kRelu), (std::array<float, 2>{9.5f, 0.0f}));
  EXPECT_NEAR(forward(Activation::kTanh)[1], std::tanh(-3.0), 1e-6);
  EXPECT_NEAR(forward(Activation::kSigmoid)[1], 1.0 / (1.0 + std::exp(3.0)), 1e-7);
}

TEST(DenseTest, rejects_a_bias_of_another_width) {
  const auto dense = Dense::make({"head.weight", kWeight, 3, 2}, {"head.bias", kBias, 2}, Activation::kNone);
  ASSERT_FALSE(dense.ok());
  EXPECT_EQ(dense.status().message(), "tensor \"head.bias\" has shape [2 x 1], expected [3 x 1]");
}

// Widths around the lanes, hidden layers of different widths, both kernel tables.
TEST(MlpTest, equals_a_double_precision_chain_with_random_weights) {
  base::Random random(11);
  for (const std::size_t width : {1u, 5u, 16u, 17u, 300u}) {
    const exact::Tensor w1("0.w", width, 33, random), b1("0.b", width, 1, random);
    const exact::Tensor w2("1.w", 7, width, random), b2("1.b", 7, 1, random);
    const exact::Tensor w3("2.w", 2, 7, random), b3("2.b", 2, 1, random);
    const exact::Tensor x("x", 33, 1, random);
    const exact::Vector input(x.values.begin(), x.values.end());
    exact::Vector hidden1, hidden2, expected;
    for (std::size_t i = 0; i < width; ++i) {
      hidden1.push_back(std::max(0.0, exact::row_times(w1, i, input) + b1.at(i)));
    }
    for (std::size_t i = 0; i < 7; ++i) hidden2.push_back(std::tanh(exact::row_times(w2, i, hidden1) + b2.at(i)));
    for (std::size_t i = 0; i < 2; ++i) {
      expected.push_back(exact::sigmoid(exact::row_times(w3, i, hidden2) + b3.at(i)));
    }
    for (const math::Kernels* kernels : {&math::scalar_kernels(), &math::simd_kernels()}) {
      const auto mlp = Mlp::make({*Dense::make(w1.weight(), b1.weight(), Activation::kRelu, *kernels),
                                  *Dense::make(w2.weight(), b2.weight(), Activation::kTanh, *kernels),
                                  *Dense::make(w3.weight(), b3.weight(), Activation::kSigmoid, *kernels)});
      ASSERT_TRUE(mlp.ok());
      EXPECT_EQ(mlp->in(), 33u);
      EXPECT_EQ(mlp->out(), 2u);
      std::vector<float> scratch(mlp->scratch_size()), y(2);
      mlp->forward(x.values, y, scratch);
      EXPECT_NEAR(y[0], expected[0], 1e-5) << kernels->name << " " << width;
      EXPECT_NEAR(y[1], expected[1], 1e-5) << kernels->name << " " << width;
    }
  }
}

TEST(MlpTest, a_single_layer_needs_no_scratch) {
  const auto mlp = Mlp::make({*Dense::make({"w", kWeight, 2, 3}, {"b", kBias, 2}, Activation::kNone)});
  ASSERT_TRUE(mlp.ok());
  EXPECT_EQ(mlp->scratch_size(), 0u);
  std::array<float, 2> y{};
  mlp->forward(kInput, y, {});
  EXPECT_EQ(y, (std::array<float, 2>{9.5f, -3.0f}));
}

TEST(MlpTest, rejects_no_layers_and_layers_that_do_not_fit) {
  EXPECT_FALSE(Mlp::make({}).ok());
  const Dense dense = *Dense::make({"w", kWeight, 2, 3}, {"b", kBias, 2}, Activation::kNone);
  const auto mlp = Mlp::make({dense, dense});
  ASSERT_FALSE(mlp.ok());
  EXPECT_EQ(mlp.status().message(), "MLP layer 1 takes 3 numbers, but layer 0 gives 2");
}

}  // namespace
}  // namespace inkling::nn
