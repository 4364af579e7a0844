#include "math/vector_ops.h"

#include <array>
#include <cmath>

#include "math/instruction_set_test.h"

namespace inkling::math {
namespace {

using VectorOpsTest = InstructionSetTest;

TEST(VectorOpsReferenceTest, matches_a_hand_computed_example) {
  const std::array<float, 3> a{1.0f, 2.0f, -3.0f};
  const std::array<float, 3> b{4.0f, 0.5f, 2.0f};
  EXPECT_EQ(reference::dot(a, b), -1.0f);
  std::array<float, 3> y = b;
  reference::scale(-1.0f, a, y);
  EXPECT_EQ(y, (std::array<float, 3>{-1.0f, -2.0f, 3.0f}));
  reference::add(a, b, y);
  EXPECT_EQ(y, (std::array<float, 3>{5.0f, 2.5f, -1.0f}));
  reference::multiply(a, b, y);
  EXPECT_EQ(y, (std::array<float, 3>{4.0f, 1.0f, -6.0f}));
}

TEST_P(VectorOpsTest, dot_equals_the_reference_at_every_length_and_alignment) {
  base::Random random(1);
  for (const std::size_t size : kLengths) {
    for (const std::size_t offset : kOffsets) {
      GuardedFloats a(size, offset, random, -1.0, 1.0);
      GuardedFloats b(size, 2 * offset, random, -1.0, 1.0);
      double exact = 0.0, magnitude = 0.0;
      for (std::size_t i = 0; i < size; ++i) {
        const double term = static_cast<double>(a.span()[i]) * static_cast<double>(b.span()[i]);
        exact += term;
        magnitude += std::abs(term);
      }
      EXPECT_NEAR(dot(a.span(), b.span()), exact, 1e-6 * magnitude) << size << " at " << offset;
      EXPECT_NEAR(dot(a.span(), b.span()), reference::dot(a.span(), b.span()), 1e-5 * magnitude) << size;
    }
  }
}

// Element-wise operations agree to one rounding (a fused multiply-add rounds once less).
void expect_close(std::span<const float> found, std::span<const float> expected) {
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_NEAR(found[i], expected[i], 1e-6) << "at " << i << " of " << expected.size();
  }
}

TEST_P(VectorOpsTest, element_wise_operations_equal_the_reference_and_stay_inside_their_output) {
  base::Random random(2);
  for (const std::size_t size : kLengths) {
    for (const std::size_t offset : kOffsets) {
      GuardedFloats a(size, offset, random, -2.0, 2.0);
      GuardedFloats b(size, offset + 1, random, -2.0, 2.0);
      GuardedFloats y(size, offset, random, -2.0, 2.0);
      GuardedFloats expected = y;
      scale(-1.5f, a.span(), y.span());
      reference::scale(-1.5f, a.span(), expected.span());
      expect_close(y.span(), expected.span());
      add(a.span(), b.span(), y.span());
      reference::add(a.span(), b.span(), expected.span());
      expect_close(y.span(), expected.span());
      multiply(a.span(), b.span(), y.span());
      reference::multiply(a.span(), b.span(), expected.span());
      expect_close(y.span(), expected.span());
      EXPECT_TRUE(y.guards_intact()) << size << " at " << offset;
    }
  }
}

TEST(VectorOpsReferenceTest, row_operations_match_a_hand_computed_example) {
  const std::array<float, 6> x{1, 2, 3, 4, 5, 6};
  std::array<float, 6> y{};
  reference::scale_rows(std::array{2.0f, -1.0f}, x, y);
  EXPECT_EQ(y, (std::array<float, 6>{2, 4, 6, -4, -5, -6}));
  std::array<float, 2> sums{9, 9};
  reference::column_sums(std::span(x).first(5), 3, sums);  // rows 1 2 (3) 4 5
  EXPECT_EQ(sums, (std::array<float, 2>{5, 7}));
  reference::column_dots(x, std::array<float, 6>{1, 1, 0, 2, 1, -1}, sums);
  EXPECT_EQ(sums, (std::array<float, 2>{6, 4}));
  std::array<float, 8> columns{};
  reference::transpose(x, 2, columns, 5);  // three rows of two
  EXPECT_EQ(columns, (std::array<float, 8>{1, 3, 5, 0, 0, 2, 4, 6}));
}

TEST_P(VectorOpsTest, row_operations_equal_the_reference_and_stay_inside_their_output) {
  base::Random random(4);
  for (const std::size_t width : kLengths) {
    for (const std::size_t rows : {0u, 1u, 2u, 5u}) {
      GuardedFloats a(rows * width, 1, random, -2.0, 2.0), b(rows * width, 3, random, -2.0, 2.0);
      GuardedFloats factors(rows, 2, random, -2.0, 2.0), y(rows * width, 1), expected = y;
      scale_rows(factors.span(), a.span(), y.span());
      reference::scale_rows(factors.span(), a.span(), expected.span());
      expect_close(y.span(), expected.span());
      GuardedFloats sums(width, 3), expected_sums = sums;
      column_dots(a.span(), b.span(), sums.span());
      reference::column_dots(a.span(), b.span(), expected_sums.span());
      for (std::size_t i = 0; i < width; ++i) ASSERT_NEAR(sums.span()[i], expected_sums.span()[i], 1e-5) << width;
      GuardedFloats apart(rows == 0 ? 0 : (rows - 1) * (width + 3) + width, 1, random, -2.0, 2.0);
      column_sums(apart.span(), width + 3, sums.span());
      reference::column_sums(apart.span(), width + 3, expected_sums.span());
      for (std::size_t i = 0; i < width; ++i) ASSERT_NEAR(sums.span()[i], expected_sums.span()[i], 1e-5) << width;
      EXPECT_TRUE(y.guards_intact() && sums.guards_intact()) << rows << " x " << width;
    }
  }
}

TEST_P(VectorOpsTest, transpose_moves_every_entry_and_nothing_else) {
  base::Random random(5);
  for (const std::size_t rows : {0u, 1u, 3u, 4u, 5u, 8u, 17u, 100u}) {
    for (const std::size_t columns : {1u, 3u, 4u, 7u, 16u, 64u}) {
      for (const std::size_t gap : {0u, 5u}) {
        GuardedFloats x(rows * columns, 1, random, -2.0, 2.0);
        GuardedFloats y((columns - 1) * (rows + gap) + rows, 3), expected = y;
        transpose(x.span(), columns, y.span(), rows + gap);
        reference::transpose(x.span(), columns, expected.span(), rows + gap);
        for (std::size_t i = 0; i < y.span().size(); ++i) {
          ASSERT_EQ(y.span()[i], expected.span()[i]) << rows << " x " << columns << " at " << i;
        }
        EXPECT_TRUE(y.guards_intact()) << rows << " x " << columns;
      }
    }
  }
}

TEST_P(VectorOpsTest, outputs_may_be_inputs) {
  base::Random random(3);
  GuardedFloats a(37, 1, random, -2.0, 2.0);
  GuardedFloats b(37, 2, random, -2.0, 2.0);
  GuardedFloats expected(37, 0);
  reference::add(a.span(), b.span(), expected.span());
  GuardedFloats y = a;
  add(y.span(), b.span(), y.span());
  expect_close(y.span(), expected.span());
  reference::multiply(a.span(), b.span(), expected.span());
  y = b;
  multiply(a.span(), y.span(), y.span());
  expect_close(y.span(), expected.span());
  reference::scale(3.0f, a.span(), expected.span());
  y = a;
  scale(3.0f, y.span(), y.span());
  expect_close(y.span(), expected.span());
}

INKLING_FOR_EACH_INSTRUCTION_SET(VectorOpsTest);

}  // namespace
}  // namespace inkling::math
