#include "math/gates.h"

#include <array>
#include <cmath>

#include "math/instruction_set_test.h"

namespace inkling::math {
namespace {

using GatesTest = InstructionSetTest;

// Gates of exactly one half (input of the sigmoid 0), so that the example needs no calculator but for tanh.
TEST(GatesReferenceTest, gru_resets_the_hidden_part_of_the_candidate_after_its_product) {
  const std::array<float, 3> input{0.5f, 0.25f, 1.0f};
  const std::array<float, 3> hidden{-0.5f, -0.25f, 4.0f};
  std::array<float, 1> h{0.5f};
  reference::gru_gates(input, hidden, h, h);
  EXPECT_NEAR(h[0], 0.5 * std::tanh(1.0 + 0.5 * 4.0) + 0.5 * 0.5, 1e-6);
}

TEST(GatesReferenceTest, lstm_orders_its_gates_i_f_g_o) {
  const float off = -100.0f, on = 100.0f;
  std::array<float, 1> h{}, c{};
  const std::array<float, 4> zero{};
  reference::lstm_gates(std::array{on, off, 0.5f, on}, zero, std::array{9.0f}, h, c);
  EXPECT_NEAR(c[0], std::tanh(0.5), 1e-6);  // all new, nothing kept
  EXPECT_NEAR(h[0], std::tanh(std::tanh(0.5)), 1e-6);
  reference::lstm_gates(std::array{off, on, 0.5f, 0.0f}, zero, std::array{2.0f}, h, c);
  EXPECT_NEAR(c[0], 2.0, 1e-6);  // all kept, nothing new, output half open
  EXPECT_NEAR(h[0], 0.5 * std::tanh(2.0), 1e-6);
}

TEST_P(GatesTest, gru_equals_the_reference_at_every_length_and_alignment) {
  base::Random random(6);
  for (const std::size_t size : kLengths) {
    for (const std::size_t offset : kOffsets) {
      GuardedFloats input(3 * size, offset, random, -4.0, 4.0);
      GuardedFloats hidden(3 * size, offset + 1, random, -4.0, 4.0);
      GuardedFloats state(size, offset, random, -1.0, 1.0);
      GuardedFloats expected = state;
      gru_gates(input.span(), hidden.span(), state.span(), state.span());
      reference::gru_gates(input.span(), hidden.span(), expected.span(), expected.span());
      for (std::size_t i = 0; i < size; ++i) ASSERT_NEAR(state.span()[i], expected.span()[i], 1e-5) << size;
      EXPECT_TRUE(state.guards_intact()) << size << " at " << offset;
    }
  }
}

TEST_P(GatesTest, lstm_equals_the_reference_at_every_length_and_alignment) {
  base::Random random(7);
  for (const std::size_t size : kLengths) {
    for (const std::size_t offset : kOffsets) {
      GuardedFloats input(4 * size, offset, random, -4.0, 4.0);
      GuardedFloats hidden(4 * size, offset + 1, random, -4.0, 4.0);
      GuardedFloats cell(size, offset, random, -2.0, 2.0);
      GuardedFloats h(size, offset + 2);
      GuardedFloats expected_cell = cell, expected_h = h;
      lstm_gates(input.span(), hidden.span(), cell.span(), h.span(), cell.span());
      reference::lstm_gates(input.span(), hidden.span(), expected_cell.span(), expected_h.span(),
                            expected_cell.span());
      for (std::size_t i = 0; i < size; ++i) {
        ASSERT_NEAR(cell.span()[i], expected_cell.span()[i], 1e-5) << size;
        ASSERT_NEAR(h.span()[i], expected_h.span()[i], 1e-5) << size;
      }
      EXPECT_TRUE(cell.guards_intact() && h.guards_intact()) << size << " at " << offset;
    }
  }
}

INKLING_FOR_EACH_INSTRUCTION_SET(GatesTest);

}  // namespace
}  // namespace inkling::math
