#include "nn/target_attention.h"

#include <gtest/gtest.h>

#include <array>

#include "nn/exact_lanes_test.h"

namespace inkling::nn {
namespace {

constexpr float kSlope = 0.1f;

struct Unit {
  exact::Tensor weight1, bias1, weight2, bias2, weight3, bias3;
  Unit(std::size_t width, std::size_t hidden1, std::size_t hidden2, base::Random& random)
      : weight1("att.w1", hidden1, 4 * width, random),
        bias1("att.b1", hidden1, 1, random),
        weight2("att.w2", hidden2, hidden1, random),
        bias2("att.b2", hidden2, 1, random),
        weight3("att.w3", 1, hidden2, random),
        bias3("att.b3", 1, 1, random) {}
  [[nodiscard]] TargetAttentionWeights weights() const {
    return {weight1.weight(), bias1.weight(), weight2.weight(), bias2.weight(), weight3.weight(), bias3.weight()};
  }
  // The unsplit network of the paper: all four parts side by side.
  [[nodiscard]] double exact(const exact::Vector& step, const exact::Vector& candidate) const {
    exact::Vector input(step);
    input.insert(input.end(), candidate.begin(), candidate.end());
    for (std::size_t j = 0; j < step.size(); ++j) input.push_back(step[j] - candidate[j]);
    for (std::size_t j = 0; j < step.size(); ++j) input.push_back(step[j] * candidate[j]);
    const auto h1 = exact::layer_of(weight1, bias1, input, kSlope);
    return exact::layer_of(weight3, bias3, exact::layer_of(weight2, bias2, h1, kSlope), 1.0)[0];
  }
};

void expect_equals_exact(std::size_t steps, std::size_t count, std::size_t width, std::size_t hidden1,
                         std::size_t hidden2, const math::Kernels& kernels) {
  base::Random random(71);
  const Unit unit(width, hidden1, hidden2, random);
  const exact::Tensor history("s", steps, width, random, 1.0), candidates("x", count, width, random, 1.0);
  const auto layer = TargetAttention::make(unit.weights(), kSlope, kernels);
  ASSERT_TRUE(layer.ok());
  std::vector<float> folded(layer->folded_size(steps)), scratch(layer->scratch_size());
  exact::Lanes lanes(candidates.values, width), out(steps, count);
  layer->start(history.values, folded);
  layer->weights(history.values, folded, lanes.view(), count, out.view(), scratch);
  const exact::Rows s = exact::rows_of(history.values, width), x = exact::rows_of(candidates.values, width);
  for (std::size_t t = 0; t < steps; ++t) {
    for (std::size_t n = 0; n < count; ++n) {
      ASSERT_NEAR(out.at(t, n), unit.exact(s[t], x[n]), 2e-5) << kernels.name << " " << steps << " x " << count;
    }
  }
  EXPECT_TRUE(out.gaps_intact());
}

TEST(TargetAttentionTest, equals_the_unsplit_network_in_double_precision_on_both_tables) {
  for (const math::Kernels* kernels : {&math::scalar_kernels(), &math::simd_kernels()}) {
    for (const std::size_t steps : {0u, 1u, 3u}) {
      for (const std::size_t count : {0u, 1u, 16u, 17u, 64u, 65u, 150u}) {
        expect_equals_exact(steps, count, 7, 11, 6, *kernels);
      }
    }
    expect_equals_exact(5, 70, 32, 80, 40, *kernels);
  }
  expect_equals_exact(100, 500, 32, 80, 40, math::simd_kernels());
}

TEST(TargetAttentionTest, rejects_weights_that_do_not_fit_each_other) {
  const std::array<float, 24> values{};
  const std::span<const float> all(values);
  const Weight w2{"w2", all.first(3), 1, 3}, b2{"b2", all.first(1), 1}, w3{"w3", all.first(1), 1, 1};
  const Weight b1{"b1", all.first(3), 3}, b3{"b3", all.first(1), 1}, w1{"w1", all, 3, 8};
  EXPECT_TRUE(TargetAttention::make({w1, b1, w2, b2, w3, b3}, kSlope).ok());
  const auto odd = TargetAttention::make({{"w1", all.first(18), 3, 6}, b1, w2, b2, w3, b3}, kSlope);
  EXPECT_EQ(
      odd.status().message(),
      "tensor \"w1\" has 6 columns, but they stand for a step, a candidate, their difference and their product, "
      "so their number must be a multiple of 4");
  const auto narrow = TargetAttention::make({w1, b1, {"w2", all.first(2), 1, 2}, b2, w3, b3}, kSlope);
  EXPECT_EQ(narrow.status().message(), "tensor \"w2\" has shape [1 x 2], expected [1 x 3]");
  const auto steep = TargetAttention::make({w1, b1, w2, b2, w3, b3}, 1.5f);
  EXPECT_EQ(steep.status().message(), "leaky ReLU has the slope 1.500000, expected 0 to 1");
}

}  // namespace
}  // namespace inkling::nn
