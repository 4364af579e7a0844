#include "math/training_steps.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>

#include "math/instruction_set_test.h"
#include "math/training_plain.h"

namespace inkling::math {
namespace {

const std::vector<std::size_t> kWidths = {1, 3, 4, 8, 9, 16, 17, 21, 32, 64, 67};
const std::vector<std::size_t> kCounts = {0, 1, 2, 5};

std::vector<float> draw(std::size_t size, base::Random& random, double bound = 2.0) {
  std::vector<float> values(size);
  for (float& value : values) value = static_cast<float>(random.uniform(-bound, bound));
  return values;
}

void expect_close(const std::vector<float>& found, const std::vector<float>& expected, const char* what) {
  ASSERT_EQ(found.size(), expected.size());
  double magnitude = 1e-3;
  for (const float value : expected) magnitude = std::max(magnitude, std::abs(static_cast<double>(value)));
  for (std::size_t i = 0; i < found.size(); ++i) ASSERT_NEAR(found[i], expected[i], 1e-5 * magnitude) << what << i;
}

// Three samples at a step in the middle of a trace of nine rows, and everything that a step reads and writes.
struct Step {
  Step(std::size_t hidden, base::Random& random)
      : h(hidden),
        gates(draw(9 * 3 * h, random)),
        hidden_n(draw(9 * h, random)),
        states(draw(12 * h, random)),
        products(draw(3 * 3 * h, random)),
        bias(draw(h, random)),
        hidden_rows(draw(3 * h, random)),
        gradients(draw(9 * h, random)) {}
  [[nodiscard]] GruRows rows() const { return {gate_rows, state_rows}; }
  [[nodiscard]] GruTrace<float> trace() { return {gates, hidden_n, states}; }

  std::size_t h;
  std::vector<float> gates, hidden_n, states, products, bias, hidden_rows, gradients;
  std::array<std::size_t, 3> gate_rows = {4, 0, 7}, state_rows = {6, 1, 10};
};

void expect_same(const Step& found, const Step& expected) {
  expect_close(found.gates, expected.gates, "gates ");
  expect_close(found.hidden_n, expected.hidden_n, "hidden_n ");
  expect_close(found.states, expected.states, "states ");
  expect_close(found.products, expected.products, "products ");
  expect_close(found.hidden_rows, expected.hidden_rows, "hidden ");
}

using TrainingStepsTest = InstructionSetTest;

TEST_P(TrainingStepsTest, recurrent_steps_equal_the_reference) {
  base::Random random(5);
  for (const std::size_t h : kWidths) {
    Step found(h, random);
    Step expected = found;
    gru_training_step(found.products, found.bias, found.rows(), found.trace(), found.hidden_rows);
    reference::gru_training_step<float>(expected.products, expected.bias, expected.rows(), expected.trace(),
                                        expected.hidden_rows);
    expect_same(found, expected);
    expected = found;
    gru_training_step_back(found.rows(), found.trace(), found.gradients, found.hidden_rows, found.products);
    reference::gru_training_step_back<float>(expected.rows(), expected.trace(), expected.gradients,
                                             expected.hidden_rows, expected.products);
    expect_same(found, expected);
  }
}

TEST_P(TrainingStepsTest, keys_of_attention_equal_the_reference) {
  base::Random random(6);
  for (const std::size_t width : kWidths) {
    for (const std::size_t count : kCounts) {
      const auto shift = draw(width, random), query = draw(width, random), gradients = draw(count, random);
      auto keys = draw(width * count, random), scores = draw(count, random);
      auto expected_keys = keys, expected_scores = scores;
      tanh_keys(shift, query, keys, scores);
      reference::tanh_keys<float>(shift, query, expected_keys, expected_scores);
      expect_close(keys, expected_keys, "keys ");
      expect_close(scores, expected_scores, "scores ");
      auto of_shift = draw(width, random), of_query = draw(width, random);
      auto expected_shift = of_shift, expected_query = of_query;
      expected_keys = keys;
      tanh_keys_back(gradients, query, keys, of_shift, of_query);
      reference::tanh_keys_back<float>(gradients, query, expected_keys, expected_shift, expected_query);
      expect_close(keys, expected_keys, "keys back ");
      expect_close(of_shift, expected_shift, "shift ");
      expect_close(of_query, expected_query, "query ");
    }
  }
}

TEST_P(TrainingStepsTest, the_way_back_through_softmax_equals_the_reference) {
  base::Random random(7);
  for (const std::size_t size : kWidths) {
    for (const std::size_t count : kCounts) {
      for (const bool shared : {false, true}) {
        const std::size_t stride = size + 3;
        const auto weights = draw(count * stride, random), gradients = draw((count + 1) * stride, random);
        auto found = draw(count * stride, random);
        auto expected = found;
        softmax_rows_back(weights, gradients, shared ? 0 : stride, {count, size, stride}, found);
        reference::softmax_rows_back<float>(weights, gradients, shared ? 0 : stride, {count, size, stride}, expected);
        expect_close(found, expected, "softmax back ");
      }
    }
  }
}

TEST_P(TrainingStepsTest, rows_multiplied_and_summed_equal_the_reference) {
  base::Random random(8);
  for (const std::size_t width : kWidths) {
    for (const std::size_t count : kCounts) {
      const auto a = draw(width * count, random), b = draw(width * count, random), factors = draw(width, random);
      auto dots = draw(count, random), products = draw(width * count, random);
      auto expected_dots = dots, expected_products = products;
      row_dots(a, b, dots);
      reference::row_dots<float>(a, b, expected_dots);
      expect_close(dots, expected_dots, "dots ");
      multiply_rows(factors, a, products);
      reference::multiply_rows<float>(factors, a, expected_products);
      expect_close(products, expected_products, "products ");
    }
  }
}

AdamStep some_step() {
  AdamStep step;
  step.learning_rate = 0.02;
  step.decay = 0.3;
  step.correction1 = 0.19;
  step.correction2 = 0.002;
  return step;
}

TEST_P(TrainingStepsTest, optimiser_steps_equal_the_reference) {
  base::Random random(9);
  for (const std::size_t size : kLengths) {
    const auto gradients = draw(size, random);
    auto mean = draw(size, random), square = draw(size, random), weights = draw(size, random);
    for (float& value : square) value = std::abs(value);
    auto expected_mean = mean, expected_square = square, expected = weights;
    adam_update(some_step(), gradients, mean, square, weights);
    reference::adam_update<float>(some_step(), gradients, expected_mean, expected_square, expected);
    expect_close(mean, expected_mean, "mean ");
    expect_close(square, expected_square, "square ");
    expect_close(weights, expected, "weights ");
  }
}

TEST_P(TrainingStepsTest, rows_of_tables_equal_the_reference_and_untouched_ones_stay) {
  const std::array<float, 3> inverse1 = {1, 10, 5.26F}, inverse2 = {1, 1000, 500.25F};
  base::Random random(10);
  for (const std::size_t width : kWidths) {
    constexpr std::size_t kRows = 6;
    auto gradients = draw(kRows * width, random);
    for (const std::size_t untouched : {0, 3}) {
      for (std::size_t i = 0; i < width; ++i) gradients[untouched * width + i] = 0;
    }
    auto mean = draw(kRows * width, random), square = draw(kRows * width, random), weights = mean;
    for (float& value : square) value = std::abs(value);
    std::vector<std::int32_t> counts = {0, 0, 1, 7, 9, 0};
    const auto before = weights;
    auto expected_mean = mean, expected_square = square, expected = weights;
    auto expected_counts = counts;
    adam_update_rows(some_step(), {inverse1, inverse2}, gradients, mean, square, weights, counts);
    reference::adam_update_rows<float>(some_step(), {inverse1, inverse2}, gradients, expected_mean, expected_square,
                                       expected, expected_counts);
    EXPECT_EQ(counts, expected_counts);
    EXPECT_EQ(counts, (std::vector<std::int32_t>{0, 1, 2, 7, 10, 1}));
    expect_close(mean, expected_mean, "mean ");
    expect_close(square, expected_square, "square ");
    expect_close(weights, expected, "weights ");
    for (std::size_t i = 0; i < width; ++i) {
      ASSERT_EQ(weights[i], before[i]);
      ASSERT_EQ(weights[3 * width + i], before[3 * width + i]);
      ASSERT_NE(weights[width + i], before[width + i]);
    }
  }
}

INKLING_FOR_EACH_INSTRUCTION_SET(TrainingStepsTest);

// The specification itself: gradients against differences, in double.

double difference_quotient(const std::function<double()>& value, double& at) {
  constexpr double kStep = 1e-6;
  const double kept = at;
  at = kept + kStep;
  const double above = value();
  at = kept - kStep;
  const double below = value();
  at = kept;
  return (above - below) / (2 * kStep);
}

TEST(TrainingReferenceTest, a_gru_step_goes_back_as_differences_say) {
  base::Random random(11);
  const auto drawn = [&](std::size_t size) {
    std::vector<double> values(size);
    for (double& value : values) value = random.uniform(-1.0, 1.0);
    return values;
  };
  constexpr std::size_t kHidden = 2;
  std::vector<double> inputs = drawn(3 * kHidden), products = drawn(3 * kHidden), hidden = drawn(kHidden);
  const std::vector<double> bias = drawn(kHidden), weight = drawn(kHidden);
  const std::array<std::size_t, 1> gate_rows = {0}, state_rows = {1};
  std::vector<double> gates, hidden_n(kHidden), states(2 * kHidden);
  const auto forward = [&] {
    gates = inputs;
    std::copy(hidden.begin(), hidden.end(), states.begin());
    std::vector<double> state = hidden;
    const GruTrace<double> trace{gates, hidden_n, states};
    reference::gru_training_step<double>(products, bias, {gate_rows, state_rows}, trace, state);
    return weight[0] * state[0] + weight[1] * state[1];
  };
  std::vector<double> of_inputs, of_products, of_hidden;
  for (double& each : inputs) of_inputs.push_back(difference_quotient(forward, each));
  for (double& each : products) of_products.push_back(difference_quotient(forward, each));
  for (double& each : hidden) of_hidden.push_back(difference_quotient(forward, each));
  (void)forward();
  std::vector<double> carry(kHidden, 0.0), found(3 * kHidden);
  const GruTrace<double> trace{gates, hidden_n, states};
  reference::gru_training_step_back<double>({gate_rows, state_rows}, trace, weight, carry, found);
  for (std::size_t i = 0; i < 3 * kHidden; ++i) {
    EXPECT_NEAR(gates[i], of_inputs[i], 1e-8) << i;
    EXPECT_NEAR(found[i], of_products[i], 1e-8) << i;
  }
  for (std::size_t i = 0; i < kHidden; ++i) EXPECT_NEAR(carry[i], of_hidden[i], 1e-8) << i;
}

TEST(TrainingReferenceTest, a_first_step_of_adam_is_as_long_as_the_learning_rate) {
  std::vector<double> gradients = {0.5, -3}, mean(2), square(2), weights = {1, 1};
  AdamStep step;
  step.learning_rate = 0.1;
  step.decay = 0.5;
  step.correction1 = 1 - step.beta1;
  step.correction2 = 1 - step.beta2;
  reference::adam_update<double>(step, gradients, mean, square, weights);
  EXPECT_NEAR(weights[0], 0.95 - 0.1, 1e-6);
  EXPECT_NEAR(weights[1], 0.95 + 0.1, 1e-6);
}

}  // namespace
}  // namespace inkling::math
