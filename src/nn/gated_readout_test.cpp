#include "nn/gated_readout.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "nn/exact_lanes_test.h"

namespace inkling::nn {
namespace {

constexpr std::size_t kWidth = 7;

struct Case {
  exact::Tensor scale, gate_context, bias, history, target, trigger, context;
  Case(std::size_t steps, std::size_t count, base::Random& random)
      : scale("gate.scale", 2, 1, random, 2.0),
        gate_context("gate.context", 3, 1, random, 2.0),
        bias("gate.bias", 1, 1, random, 2.0),
        history("s", steps, kWidth, random, 1.0),
        target("wx", count, steps, random, 1.0),
        trigger("wc", steps, 1, random, 1.0),
        context("ctx", 3, 1, random, 1.0) {}

  [[nodiscard]] double weight(std::size_t t, std::size_t n, bool has_triggers) const {
    if (!has_triggers) return target.at(n, t);
    double sum = scale.at(0) * target.at(n, t) + scale.at(1) * trigger.at(t) + bias.at(0);
    for (std::size_t j = 0; j < 3; ++j) sum += gate_context.at(j) * context.at(j);
    const double share = exact::sigmoid(sum);
    return share * target.at(n, t) + (1 - share) * trigger.at(t);
  }
};

void expect_equals_exact(std::size_t steps, std::size_t count, bool has_triggers, const math::Kernels& kernels) {
  base::Random random(74);
  const Case given(steps, count, random);
  const auto layer =
      GatedReadout::make({given.scale.weight(), given.gate_context.weight(), given.bias.weight()}, kernels);
  ASSERT_TRUE(layer.ok());
  std::vector<float> state(GatedReadout::state_size(steps, kWidth));
  exact::Lanes weights(steps, count), out(kWidth, count);
  to_lane_rows(given.target.values, weights.view());
  const std::span<const float> trigger(given.trigger.values);
  layer->start(given.history.values, kWidth, has_triggers ? trigger : trigger.first(0), given.context.values, state);
  layer->forward(state, steps, has_triggers, weights.view(), count, out.view());
  for (std::size_t n = 0; n < count; ++n) {
    for (std::size_t j = 0; j < kWidth; ++j) {
      double expected = 0;
      for (std::size_t t = 0; t < steps; ++t) expected += given.weight(t, n, has_triggers) * given.history.at(t, j);
      if (steps > 0) expected /= std::sqrt(static_cast<double>(steps));
      ASSERT_NEAR(out.at(j, n), expected, 1e-5) << kernels.name << " " << steps << " x " << count;
    }
    for (std::size_t t = 0; t < steps; ++t) ASSERT_NEAR(weights.at(t, n), given.weight(t, n, has_triggers), 1e-6);
  }
  EXPECT_TRUE(out.gaps_intact());
}

TEST(GatedReadoutTest, equals_double_precision_with_and_without_triggers_on_both_tables) {
  for (const math::Kernels* kernels : {&math::scalar_kernels(), &math::simd_kernels()}) {
    for (const bool has_triggers : {false, true}) {
      for (const std::size_t steps : {0u, 1u, 2u, 100u}) {
        for (const std::size_t count : {0u, 1u, 17u, 64u, 130u}) {
          expect_equals_exact(steps, count, has_triggers, *kernels);
        }
      }
    }
  }
}

TEST(GatedReadoutTest, without_triggers_the_candidates_weights_stay_bit_for_bit) {
  base::Random random(75);
  const Case given(5, 20, random);
  const auto layer = GatedReadout::make({given.scale.weight(), given.gate_context.weight(), given.bias.weight()});
  ASSERT_TRUE(layer.ok());
  std::vector<float> state(GatedReadout::state_size(5, kWidth));
  exact::Lanes weights(given.target.values, 5), out(kWidth, 20);
  layer->start(given.history.values, kWidth, {}, given.context.values, state);
  layer->forward(state, 5, false, weights.view(), 20, out.view());
  for (std::size_t n = 0; n < 20; ++n) {
    for (std::size_t t = 0; t < 5; ++t) EXPECT_EQ(weights.at(t, n), given.target.at(n, t));
  }
}

TEST(GatedReadoutTest, rejects_a_gate_of_another_shape) {
  const std::array<float, 3> values{};
  const Weight three{"gate.scale", values, 3}, one{"gate.bias", std::span(values).first(1), 1};
  EXPECT_EQ(GatedReadout::make({three, three, one}).status().message(),
            "tensor \"gate.scale\" has shape [3 x 1], expected [2 x 1]");
}

}  // namespace
}  // namespace inkling::nn
