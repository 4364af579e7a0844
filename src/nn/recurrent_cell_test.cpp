#include "nn/recurrent_cell.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "nn/exact_layers_test.h"

namespace inkling::nn {
namespace {

std::size_t gate_count(CellKind kind) {
  return kind == CellKind::kGru ? 3 : 4;
}

RecurrentWeights weights_of(const exact::Cell& cell) {
  return {cell.weight_hh.weight(), cell.bias_ih.weight(), cell.bias_hh.weight()};
}

TEST(RecurrentCellTest, gru_matches_a_hand_computed_step) {
  // H = 1; r and z see only zeros, so both are one half; n = tanh(2 + 0.1 + 0.5 * (3*0.5 + 0.3)).
  const std::array<float, 3> weight_hh{0, 0, 3}, bias_ih{0, 0, 0.1f}, bias_hh{0, 0, 0.3f};
  const auto cell =
      RecurrentCell::make(CellKind::kGru, {{"hh", weight_hh, 3, 1}, {"bi", bias_ih, 3}, {"bh", bias_hh, 3}});
  ASSERT_TRUE(cell.ok());
  EXPECT_EQ(cell->input_bias()[2], 0.1f) << "the candidate's recurrent bias is reset with its product";
  std::array<float, 1> state{0.5f}, row{};
  cell->run(std::array{0.0f, 0.0f, 2.0f + cell->input_bias()[2]}, state, row);
  EXPECT_NEAR(state[0], 0.5 * std::tanh(2.1 + 0.5 * 1.8) + 0.25, 1e-6);
  EXPECT_EQ(row[0], state[0]);
}

TEST(RecurrentCellTest, lstm_matches_a_hand_computed_step) {
  // i, f, o see only zeros, so each is one half; g = tanh(2); c' = 0.5*0.8 + 0.5*g.
  const std::array<float, 4> zeros{}, bias_hh{0, 0, 1.5f, 0};
  const auto cell = RecurrentCell::make(CellKind::kLstm, {{"hh", zeros, 4, 1}, {"bi", zeros, 4}, {"bh", bias_hh, 4}});
  ASSERT_TRUE(cell.ok());
  EXPECT_EQ(cell->input_bias()[2], 1.5f);
  std::array<float, 2> state{0.3f, 0.8f};
  std::array<float, 1> row{};
  cell->run(std::array{0.0f, 0.0f, 0.5f + cell->input_bias()[2], 0.0f}, state, row);
  const double c = 0.4 + 0.5 * std::tanh(2.0);
  EXPECT_NEAR(state[0], 0.5 * std::tanh(c), 1e-6);
  EXPECT_NEAR(state[1], c, 1e-6);
}

TEST(RecurrentCellTest, reports_its_sizes) {
  base::Random random(20);
  const exact::Cell gru(3, 5, 4, random), lstm(4, 5, 4, random);
  const auto gru_cell = RecurrentCell::make(CellKind::kGru, weights_of(gru));
  const auto lstm_cell = RecurrentCell::make(CellKind::kLstm, weights_of(lstm));
  ASSERT_TRUE(gru_cell.ok() && lstm_cell.ok());
  EXPECT_EQ(gru_cell->hidden_size(), 4u);
  EXPECT_EQ(gru_cell->state_size(), 4u);
  EXPECT_EQ(gru_cell->gates_size(), 12u);
  EXPECT_EQ(lstm_cell->state_size(), 8u);
  EXPECT_EQ(lstm_cell->gates_size(), 16u);
}

class RecurrentKindTest : public testing::TestWithParam<CellKind> {};

// W_ih x + input_bias() of every step.
std::vector<float> projected_of(const RecurrentCell& cell, const exact::Cell& weights, const exact::Rows& inputs) {
  std::vector<float> projected;
  for (const exact::Vector& x : inputs) {
    for (std::size_t row = 0; row < cell.gates_size(); ++row) {
      const double sum = exact::row_times(weights.weight_ih, row, x) + static_cast<double>(cell.input_bias()[row]);
      projected.push_back(static_cast<float>(sum));
    }
  }
  return projected;
}

// Runs `steps` from a non-zero state and compares every hidden row and the final state with double precision.
void expect_equals_exact(CellKind kind, std::size_t input, std::size_t hidden, std::size_t steps,
                         const math::Kernels& kernels) {
  base::Random random(21);
  const exact::Cell weights(gate_count(kind), input, hidden, random);
  const auto cell = RecurrentCell::make(kind, weights_of(weights), kernels);
  ASSERT_TRUE(cell.ok());
  const exact::Tensor x("x", steps, input, random, 2.0);
  exact::Tensor state("state", cell->state_size(), 1, random);
  exact::Vector expected(state.values.begin(), state.values.end());
  std::vector<float> rows(steps * hidden);
  const exact::Rows inputs = exact::rows_of(x.values, input);
  cell->run(projected_of(*cell, weights, inputs), state.values, rows);
  for (std::size_t t = 0; t < steps; ++t) {
    expected = kind == CellKind::kGru ? exact::gru_step(weights, inputs[t], expected)
                                      : exact::lstm_step(weights, inputs[t], expected);
    for (std::size_t i = 0; i < hidden; ++i) {
      ASSERT_NEAR(rows[t * hidden + i], expected[i], 1e-5) << kernels.name << ", step " << t << " of " << steps;
    }
  }
  for (std::size_t i = 0; i < expected.size(); ++i) ASSERT_NEAR(state.values[i], expected[i], 1e-5) << kernels.name;
}

TEST_P(RecurrentKindTest, equals_double_precision_over_lengths_and_widths_on_both_tables) {
  for (const math::Kernels* kernels : {&math::scalar_kernels(), &math::simd_kernels()}) {
    for (const std::size_t hidden : {1u, 3u, 4u, 5u, 8u, 16u, 17u}) {
      for (const std::size_t steps : {0u, 1u, 2u, 5u}) expect_equals_exact(GetParam(), 6, hidden, steps, *kernels);
    }
    expect_equals_exact(GetParam(), 1, 8, 7, *kernels);
    expect_equals_exact(GetParam(), 17, 8, 300, *kernels);
    expect_equals_exact(GetParam(), 112, 64, 20, *kernels);
  }
}

TEST_P(RecurrentKindTest, running_at_once_equals_running_step_by_step) {
  base::Random random(22);
  const exact::Cell weights(gate_count(GetParam()), 5, 37, random);
  const auto cell = RecurrentCell::make(GetParam(), weights_of(weights));
  ASSERT_TRUE(cell.ok());
  const exact::Tensor x("x", 6, 5, random, 2.0);
  const auto projected = projected_of(*cell, weights, exact::rows_of(x.values, 5));
  std::vector<float> run_state(cell->state_size()), rows(6 * 37), state(cell->state_size()), row(37);
  cell->run(projected, run_state, rows);
  for (std::size_t t = 0; t < 6; ++t) {
    cell->run(std::span(projected).subspan(t * cell->gates_size(), cell->gates_size()), state, row);
    for (std::size_t i = 0; i < 37; ++i) EXPECT_NEAR(row[i], rows[t * 37 + i], 1e-6) << t;
  }
  for (std::size_t i = 0; i < state.size(); ++i) EXPECT_NEAR(state[i], run_state[i], 1e-6);
}

TEST_P(RecurrentKindTest, rejects_every_tensor_of_the_wrong_shape_by_name) {
  base::Random random(23);
  const exact::Cell weights(gate_count(GetParam()), 5, 4, random);
  const RecurrentWeights good = weights_of(weights);
  for (Weight RecurrentWeights::*member :
       {&RecurrentWeights::weight_hh, &RecurrentWeights::bias_ih, &RecurrentWeights::bias_hh}) {
    RecurrentWeights bad = good;
    (bad.*member).rows -= 1;
    (bad.*member).values = (bad.*member).values.first((bad.*member).rows * (bad.*member).cols);
    const auto cell = RecurrentCell::make(GetParam(), bad);
    ASSERT_FALSE(cell.ok());
    EXPECT_NE(cell.status().message().find((bad.*member).name), std::string::npos) << cell.status().message();
  }
}

TEST(RecurrentCellTest, refuses_gru_weights_as_lstm) {
  base::Random random(24);
  const exact::Cell weights(3, 5, 4, random);
  const auto cell = RecurrentCell::make(CellKind::kLstm, weights_of(weights));
  ASSERT_FALSE(cell.ok());
  EXPECT_EQ(cell.status().message(), "tensor \"rnn.weight_hh\" has shape [12 x 4], expected [16 x 4]");
}

INSTANTIATE_TEST_SUITE_P(Of, RecurrentKindTest, testing::Values(CellKind::kGru, CellKind::kLstm),
                         [](const auto& kind) { return kind.param == CellKind::kGru ? "gru" : "lstm"; });

TEST(RecurrentCellTest, many_sequences_at_once_equal_one_after_the_other) {
  base::Random random(23);
  for (const CellKind kind : {CellKind::kGru, CellKind::kLstm}) {
    const exact::Cell weights(gate_count(kind), 5, 20, random);
    const auto cell = RecurrentCell::make(kind, weights_of(weights));
    ASSERT_TRUE(cell.ok());
    std::vector<std::vector<float>> projected, states, rows;
    std::vector<RecurrentCell::Sequence> sequences;
    for (const std::size_t steps : {3, 0, 7, 5}) {
      auto& inputs = projected.emplace_back(steps * cell->gates_size());
      for (float& value : inputs) value = static_cast<float>(random.normal());
      states.emplace_back(cell->state_size(), 0.25F);
      rows.emplace_back(steps * 20);
    }
    auto expected_states = states, expected_rows = rows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      sequences.push_back({projected[i], states[i], rows[i]});
      cell->run(projected[i], expected_states[i], expected_rows[i]);
    }
    cell->run_many(sequences);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t k = 0; k < rows[i].size(); ++k) EXPECT_NEAR(rows[i][k], expected_rows[i][k], 1e-6);
      for (std::size_t k = 0; k < states[i].size(); ++k) EXPECT_NEAR(states[i][k], expected_states[i][k], 1e-6);
    }
  }
}

}  // namespace
}  // namespace inkling::nn
