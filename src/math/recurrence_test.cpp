#include "math/recurrence.h"

#include <array>
#include <cmath>
#include <limits>

#include "math/instruction_set_test.h"

namespace inkling::math {
namespace {

using RecurrenceTest = InstructionSetTest;

const std::vector<std::size_t> kWidths = {1, 3, 4, 5, 8, 15, 16, 17, 21, 31, 32, 33, 48, 64, 67, 96};
const std::vector<std::size_t> kStepCounts = {0, 1, 2, 5};

// Gates of exactly one half (input of the sigmoid 0), so that the example needs no calculator but for tanh.
TEST(RecurrenceReferenceTest, gru_resets_the_hidden_part_of_the_candidate_after_its_product) {
  const PackedGates weights(std::array{-1.0f, -0.5f, 6.0f}, 3, 1);
  std::array<float, 1> h{};
  reference::gru_steps(weights, std::array{1.0f}, std::array{0.5f, 0.25f, 1.0f}, std::array{0.5f}, h);
  EXPECT_NEAR(h[0], 0.5 * std::tanh(1.0 + 0.5 * (6.0 * 0.5 + 1.0)) + 0.5 * 0.5, 1e-6);
}

TEST(RecurrenceReferenceTest, lstm_orders_its_gates_i_f_g_o) {
  const float off = -100.0f, on = 100.0f;
  const PackedGates weights(std::array{0.0f, 0.0f, 1.0f, 0.0f}, 4, 1);
  std::array<float, 1> h{}, c{9.0f};
  reference::lstm_steps(weights, std::array{on, off, 0.0f, on}, std::array{0.5f}, c, h);
  EXPECT_NEAR(c[0], std::tanh(0.5), 1e-6);  // all new, nothing kept
  EXPECT_NEAR(h[0], std::tanh(std::tanh(0.5)), 1e-6);
  c[0] = 2.0f;
  reference::lstm_steps(weights, std::array{off, on, 0.5f, 0.0f}, std::array{0.0f}, c, h);
  EXPECT_NEAR(c[0], 2.0, 1e-6);  // all kept, nothing new, output half open
  EXPECT_NEAR(h[0], 0.5 * std::tanh(2.0), 1e-6);
}

// Weights, inputs and a first state of one run; gate sums reach some 5 in magnitude, far into both tails.
struct Case {
  Case(std::size_t gates, std::size_t size, std::size_t steps, std::size_t offset, base::Random& random)
      : values(gates * size * size, 0, random, -2.0 / std::sqrt(size), 2.0 / std::sqrt(size)),
        weights(values.span(), gates, size),
        projected(steps * gates * size, offset, random, -4.0, 4.0),
        state(size, offset + 1, random, -1.0, 1.0),
        other(size, offset, random, -1.0, 1.0),
        rows(steps * size, offset) {}
  GuardedFloats values;
  PackedGates weights;
  GuardedFloats projected, state, other, rows;
};

void expect_close(GuardedFloats& found, GuardedFloats& expected, std::size_t size) {
  for (std::size_t i = 0; i < found.span().size(); ++i) {
    ASSERT_NEAR(found.span()[i], expected.span()[i], 1e-5) << "at " << i << ", H = " << size;
  }
  ASSERT_TRUE(found.guards_intact()) << size;
}

TEST_P(RecurrenceTest, gru_equals_the_reference_at_every_width_length_and_alignment) {
  base::Random random(6);
  for (const std::size_t size : kWidths) {
    for (const std::size_t steps : kStepCounts) {
      for (const std::size_t offset : kOffsets) {
        Case run(3, size, steps, offset, random);
        GuardedFloats expected = run.rows;
        gru_steps(run.weights, run.other.span(), run.projected.span(), run.state.span(), run.rows.span());
        reference::gru_steps(run.weights, run.other.span(), run.projected.span(), run.state.span(), expected.span());
        expect_close(run.rows, expected, size);
      }
    }
  }
}

TEST_P(RecurrenceTest, lstm_equals_the_reference_at_every_width_length_and_alignment) {
  base::Random random(7);
  for (const std::size_t size : kWidths) {
    for (const std::size_t steps : kStepCounts) {
      for (const std::size_t offset : kOffsets) {
        Case run(4, size, steps, offset, random);
        GuardedFloats expected = run.rows, expected_cell = run.other;
        lstm_steps(run.weights, run.projected.span(), run.state.span(), run.other.span(), run.rows.span());
        reference::lstm_steps(run.weights, run.projected.span(), run.state.span(), expected_cell.span(),
                              expected.span());
        expect_close(run.rows, expected, size);
        expect_close(run.other, expected_cell, size);
      }
    }
  }
}

TEST_P(RecurrenceTest, one_step_is_right_to_1e_6_up_to_sums_of_a_hundred) {
  constexpr std::size_t kSize = 64;
  const std::vector<float> zeros(4 * kSize * kSize);
  base::Random random(8);
  for (const double range : {1.0, 10.0, 100.0}) {
    GuardedFloats projected(3 * kSize, 0, random, -range, range), state(kSize, 0, random, -1.0, 1.0);
    GuardedFloats rows(kSize, 0);
    const std::vector<float> bias(kSize, 0.5f);
    gru_steps(PackedGates(std::span(zeros).first(3 * kSize * kSize), 3, kSize), bias, projected.span(), state.span(),
              rows.span());
    for (std::size_t i = 0; i < kSize; ++i) {
      const auto gate = [&](std::size_t g) { return static_cast<double>(projected.span()[g * kSize + i]); };
      const double r = 1 / (1 + std::exp(-gate(0))), z = 1 / (1 + std::exp(-gate(1)));
      const double n = std::tanh(gate(2) + r * 0.5);
      ASSERT_NEAR(rows.span()[i], (1 - z) * n + z * static_cast<double>(state.span()[i]), 1e-6) << range;
    }
  }
}

TEST_P(RecurrenceTest, nan_in_a_state_stays_nan) {
  base::Random random(9);
  for (const std::size_t size : {5u, 64u}) {
    Case gru(3, size, 2, 0, random), lstm(4, size, 2, 0, random);
    gru.state.span()[0] = lstm.state.span()[0] = std::numeric_limits<float>::quiet_NaN();
    gru_steps(gru.weights, gru.other.span(), gru.projected.span(), gru.state.span(), gru.rows.span());
    lstm_steps(lstm.weights, lstm.projected.span(), lstm.state.span(), lstm.other.span(), lstm.rows.span());
    for (const float value : gru.rows.span()) EXPECT_TRUE(std::isnan(value)) << size;
    for (const float value : lstm.rows.span()) EXPECT_TRUE(std::isnan(value)) << size;
  }
}

INKLING_FOR_EACH_INSTRUCTION_SET(RecurrenceTest);

}  // namespace
}  // namespace inkling::math
