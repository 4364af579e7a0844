#include "nn/intra_attention.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "nn/exact_layers_test.h"

namespace inkling::nn {
namespace {

struct Weights {
  exact::Tensor state, last, bias, query;
  Weights(std::size_t width, std::size_t hidden, base::Random& random)
      : state("intra.w1", width, hidden, random),
        last("intra.w2", width, hidden, random),
        bias("intra.b", width, 1, random),
        query("intra.q", width, 1, random, 2.0) {}
  [[nodiscard]] IntraAttentionWeights views() const {
    return {state.weight(), last.weight(), bias.weight(), query.weight()};
  }
};

exact::Vector exact_alpha(const Weights& weights, const exact::Rows& states) {
  exact::Vector scores;
  for (const exact::Vector& h : states) {
    double score = 0.0;
    for (std::size_t a = 0; a < weights.bias.rows; ++a) {
      score += weights.query.at(a) * std::tanh(exact::row_times(weights.state, a, h) +
                                               exact::row_times(weights.last, a, states.back()) + weights.bias.at(a));
    }
    scores.push_back(score);
  }
  return exact::softmax(scores);
}

TEST(IntraAttentionTest, matches_a_hand_computed_example) {
  // A = H = 1, W2 = 0: u = tanh(h), so h = 0.5 and h = 1 weigh e^tanh(0.5) : e^tanh(1).
  const std::array<float, 1> one{1.0f}, zero{0.0f};
  const std::array<float, 2> states{0.5f, 1.0f};
  const auto layer =
      IntraAttention::make({{"w1", one, 1, 1}, {"w2", zero, 1, 1}, {"b", zero, 1}, {"q", one, 1}}, true);
  ASSERT_TRUE(layer.ok());
  std::array<float, 2> attended{}, alpha{};
  std::array<float, 3> scratch{};
  ASSERT_EQ(layer->scratch_size(2), scratch.size());
  layer->forward(states, 2, attended, alpha, scratch);
  const double first = std::exp(std::tanh(0.5)), second = std::exp(std::tanh(1.0));
  EXPECT_NEAR(alpha[0], first / (first + second), 1e-6);
  EXPECT_NEAR(attended[0], 2.0 * 0.5 * first / (first + second), 1e-6);
  EXPECT_NEAR(attended[1], 2.0 * 1.0 * second / (first + second), 1e-6);
}

void expect_equals_exact(std::size_t steps, std::size_t width, std::size_t hidden, bool scale_by_length,
                         const math::Kernels& kernels) {
  base::Random random(31);
  const Weights weights(width, hidden, random);
  const auto layer = IntraAttention::make(weights.views(), scale_by_length, kernels);
  ASSERT_TRUE(layer.ok());
  const exact::Tensor states("h", steps, hidden, random, 1.0);
  const exact::Rows rows = exact::rows_of(states.values, hidden);
  const exact::Vector expected = exact_alpha(weights, rows);
  std::vector<float> attended(steps * hidden), alpha(steps), scratch(layer->scratch_size(steps));
  layer->forward(states.values, steps, attended, alpha, scratch);
  const double factor = scale_by_length ? static_cast<double>(steps) : 1.0;
  for (std::size_t j = 0; j < steps; ++j) {
    ASSERT_NEAR(alpha[j], expected[j], 1e-5) << kernels.name << " " << steps;
    for (std::size_t i = 0; i < hidden; ++i) {
      const double exact_entry = factor * expected[j] * rows[j][i];
      ASSERT_NEAR(attended[j * hidden + i], exact_entry, 1e-5 * (1.0 + std::abs(exact_entry))) << kernels.name;
    }
  }
}

TEST(IntraAttentionTest, equals_double_precision_over_lengths_and_widths_on_both_tables) {
  for (const math::Kernels* kernels : {&math::scalar_kernels(), &math::simd_kernels()}) {
    for (const std::size_t steps : {1u, 2u, 3u, 4u, 5u, 15u, 16u, 17u, 300u}) {
      for (const std::size_t hidden : {1u, 7u, 16u, 64u}) {
        expect_equals_exact(steps, 5, hidden, true, *kernels);
        expect_equals_exact(steps, 33, hidden, false, *kernels);
      }
    }
  }
}

TEST(IntraAttentionTest, one_state_gets_all_the_weight) {
  base::Random random(32);
  const Weights weights(4, 3, random);
  for (const bool scale_by_length : {false, true}) {
    const auto layer = IntraAttention::make(weights.views(), scale_by_length);
    std::array<float, 3> states{1.0f, -2.0f, 3.0f};
    std::array<float, 1> alpha{};
    std::vector<float> scratch(layer->scratch_size(1));
    layer->forward(states, 1, states, alpha, scratch);  // in place
    EXPECT_EQ(alpha[0], 1.0f);
    EXPECT_EQ(states, (std::array<float, 3>{1.0f, -2.0f, 3.0f}));
  }
}

TEST(IntraAttentionTest, an_empty_window_writes_nothing) {
  base::Random random(33);
  const Weights weights(4, 3, random);
  const auto layer = IntraAttention::make(weights.views(), true);
  std::vector<float> scratch(layer->scratch_size(0), 7.0f);
  layer->forward({}, 0, {}, {}, scratch);
  EXPECT_EQ(scratch, std::vector<float>(scratch.size(), 7.0f));
}

TEST(IntraAttentionTest, rejects_every_tensor_of_the_wrong_shape_by_name) {
  base::Random random(34);
  const Weights weights(4, 3, random);
  for (Weight IntraAttentionWeights::*member :
       {&IntraAttentionWeights::last, &IntraAttentionWeights::bias, &IntraAttentionWeights::query}) {
    IntraAttentionWeights bad = weights.views();
    (bad.*member).rows += 1;
    const auto layer = IntraAttention::make(bad, true);
    ASSERT_FALSE(layer.ok());
    EXPECT_NE(layer.status().message().find((bad.*member).name), std::string::npos) << layer.status().message();
  }
}

}  // namespace
}  // namespace inkling::nn
