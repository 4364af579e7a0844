#include "math/cached_attention.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "math/instruction_set_test.h"

namespace inkling::math {
namespace {

using CachedAttentionTest = InstructionSetTest;
using base::Random;

constexpr float kMinusInfinity = -std::numeric_limits<float>::infinity();
// Rows around whole blocks of kPooledRows, and none.
const std::vector<std::size_t> kRowCounts = {0, 1, 4, 5, 9, 10, 11, 20, 27};

std::vector<float> drawn(std::size_t size, double low, double high, Random& random) {
  std::vector<float> values(size);
  for (float& value : values) value = static_cast<float>(random.uniform(low, high));
  return values;
}

// Scores as large as `reach`, a third of the columns counting for nothing.
struct Drawn {
  Drawn(std::size_t rows, std::size_t columns, double reach, Random& random)
      : products(drawn(rows * (columns + kGap), -reach, reach, random)),
        row_factors(drawn(rows, -1, 1, random)),
        column_factors(drawn(columns, -1, 1, random)),
        column_terms(drawn(columns, -1, 1, random)) {
    for (std::size_t t = 0; t < rows; ++t) {
      float bound = 0.0f;
      for (std::size_t n = 0; n < columns; ++n) bound = std::max(bound, std::abs(products[t * (columns + kGap) + n]));
      bounds.push_back(bound);
    }
    for (std::size_t n = 1; n < columns; ++n) {
      if (!random.chance(0.3)) continue;
      column_factors[n] = 0.0f;
      column_terms[n] = kMinusInfinity;
    }
  }
  [[nodiscard]] ScaledScores scores() const {
    return {products, column_factors.size() + kGap, bounds, row_factors, column_factors, column_terms};
  }

  static constexpr std::size_t kGap = 16;  // between rows
  std::vector<float> products, bounds, row_factors, column_factors, column_terms;
};

TEST(CachedAttentionReference, weighs_a_hand_computed_example) {
  std::vector<float> column_factors(16, 0.0f), column_terms(16, kMinusInfinity), products(32, 7.0f);
  column_factors[0] = 2.0f, column_factors[1] = 1.0f;
  column_terms[0] = 0.0f, column_terms[1] = std::log(3.0f);
  products[0] = 0.0f, products[1] = 0.0f;     // 1 : 3
  products[16] = 0.5f, products[17] = -1.0f;  // row factor log 2: 2 : 1.5
  const std::array bounds = {7.0f, 7.0f}, row_factors = {5.0f, std::log(2.0f)};
  const ScaledScores scores{products, 16, bounds, row_factors, column_factors, column_terms};
  std::vector<float> sums(16), picked(16), scratch(kPooledRows * 16);
  reference::cached_attention_sums(scores, 1, sums, picked, scratch);
  EXPECT_NEAR(picked[0], 2 / 3.5, 1e-6);
  EXPECT_NEAR(picked[1], 1.5 / 3.5, 1e-6);
  EXPECT_NEAR(sums[0], 0.25 + 2 / 3.5, 1e-6);
  EXPECT_NEAR(sums[1], 0.75 + 1.5 / 3.5, 1e-6);
  for (std::size_t n = 2; n < 16; ++n) EXPECT_EQ(sums[n], 0.0f) << "it counts for nothing";
}

// A reach of 4 stays below the limit of exps without a maximum taken off, 60 stands on both sides of it, and 3,000
// would overflow.
TEST_P(CachedAttentionTest, rows_and_sums_equal_the_reference_whatever_the_sizes_of_scores) {
  Random random(7);
  for (const std::size_t rows : kRowCounts) {
    for (const std::size_t columns : {16U, 32U, 112U}) {
      for (const double reach : {4.0, 60.0, 3000.0}) {
        const Drawn drawn(rows, columns, reach, random);
        GuardedFloats weighed(rows * columns, 3), totals(rows, 1), shifts(rows, 3);
        std::vector<float> right_weighed(rows * columns), right_totals(rows), right_shifts(rows);
        cached_attention_rows(drawn.scores(), weighed.span(), totals.span(), shifts.span());
        reference::cached_attention_rows(drawn.scores(), right_weighed, right_totals, right_shifts);
        // Exponents of some thousands have lost that many digits before their exp.
        const double tolerance = 2e-6 + 4e-7 * reach;
        for (std::size_t t = 0; t < rows; ++t) {
          for (std::size_t n = 0; n < columns; ++n) {
            ASSERT_NEAR(weighed.span()[t * columns + n] / totals.span()[t],
                        right_weighed[t * columns + n] / right_totals[t], tolerance)
                << rows << " " << reach;
          }
          // Sums of different shifts are the same sums.
          ASSERT_NEAR(std::log2(totals.span()[t]) + shifts.span()[t], std::log2(right_totals[t]) + right_shifts[t],
                      2 * tolerance + 1e-5);
          if (reach < 10) {
            ASSERT_EQ(shifts.span()[t], 0.0f) << "small scores need no shift";
          }
        }
        ASSERT_TRUE(weighed.guards_intact() && totals.guards_intact() && shifts.guards_intact());
        if (rows == 0) continue;
        GuardedFloats sums(columns, 1), picked(columns, 3), scratch(kPooledRows * columns, 1);
        std::vector<float> right_sums(columns), right_picked(columns), right_scratch(kPooledRows * columns);
        const std::size_t row = random.below(rows);
        cached_attention_sums(drawn.scores(), row, sums.span(), picked.span(), scratch.span());
        reference::cached_attention_sums(drawn.scores(), row, right_sums, right_picked, right_scratch);
        for (std::size_t n = 0; n < columns; ++n) {
          ASSERT_NEAR(sums.span()[n], right_sums[n], tolerance * static_cast<double>(rows)) << rows << " " << reach;
          ASSERT_NEAR(picked.span()[n], right_picked[n], tolerance) << rows << " " << reach;
        }
        ASSERT_TRUE(sums.guards_intact() && picked.guards_intact() && scratch.guards_intact());
      }
    }
  }
}

TEST_P(CachedAttentionTest, weighed_dots_equal_the_reference_at_every_length_and_alignment) {
  Random random(10);
  for (const std::size_t size : kLengths) {
    for (const std::size_t rows : {0U, 1U, 3U, 4U, 5U, 9U}) {
      GuardedFloats factors(rows, 1, random, -1, 1), a(rows * size, 3, random, -1, 1),
          b(rows * size, 1, random, -1, 1);
      GuardedFloats y(size, 3, random, -1, 1);
      std::vector<float> expected(y.span().begin(), y.span().end());
      add_weighed_dots(factors.span(), a.span(), b.span(), y.span());
      reference::add_weighed_dots(factors.span(), a.span(), b.span(), expected);
      for (std::size_t i = 0; i < size; ++i) ASSERT_NEAR(y.span()[i], expected[i], 1e-5) << size << " " << rows;
      ASSERT_TRUE(y.guards_intact());
    }
  }
}

TEST_P(CachedAttentionTest, row_dots_equal_the_reference_at_every_length_and_alignment) {
  Random random(8);
  for (const std::size_t size : kLengths) {
    for (const std::size_t offset : kOffsets) {
      for (const std::size_t count : {0U, 1U, 3U}) {
        constexpr std::size_t kStride = 5;
        GuardedFloats rows(count * size, offset, random, -1, 1), x(size, offset, random, -1, 1);
        GuardedFloats y(count * kStride, offset, random, 3, 4);
        const std::vector<float> before(y.span().begin(), y.span().end());
        std::vector<float> expected = before;
        row_dots(rows.span(), x.span(), y.span(), kStride);
        reference::row_dots(rows.span(), x.span(), expected, kStride);
        for (std::size_t i = 0; i < expected.size(); ++i) {
          ASSERT_NEAR(y.span()[i], expected[i], 1e-6 * static_cast<double>(size + 1)) << size;
          if (i % kStride != 0) {
            ASSERT_EQ(y.span()[i], before[i]) << "between two results";
          }
        }
        ASSERT_TRUE(y.guards_intact());
      }
    }
  }
}

TEST_P(CachedAttentionTest, tanh_dots_of_exps_are_those_of_the_sums_also_at_the_ends_of_their_range) {
  Random random(9);
  for (const std::size_t size : kLengths) {
    for (const double reach : {1.0, 10.0, 40.0}) {
      constexpr std::size_t kCount = 3;
      GuardedFloats keys(kCount * size, 1), shift(size, 3), weights(size, 0, random, -1, 1), y(kCount, 1);
      std::vector<double> key_sums, shift_sums;
      for (float& key : keys.span()) {
        key_sums.push_back(random.chance(0.2) ? (random.chance(0.5) ? reach : -reach)
                                              : random.uniform(-reach, reach));
        key = static_cast<float>(std::exp(2 * key_sums.back()));
      }
      for (float& each : shift.span()) {
        shift_sums.push_back(random.chance(0.2) ? (random.chance(0.5) ? reach : -reach)
                                                : random.uniform(-reach, reach));
        each = static_cast<float>(std::exp(2 * shift_sums.back()));
      }
      tanh_dots_of_exps(keys.span(), shift.span(), weights.span(), y.span());
      std::vector<float> plain(kCount);
      reference::tanh_dots_of_exps(keys.span(), shift.span(), weights.span(), plain);
      for (std::size_t j = 0; j < kCount; ++j) {
        double exact = 0, magnitudes = 1e-6;
        for (std::size_t i = 0; i < size; ++i) {
          const auto weight = static_cast<double>(weights.span()[i]);
          exact += weight * std::tanh(key_sums[j * size + i] + shift_sums[i]);
          magnitudes += std::abs(weight);
        }
        ASSERT_NEAR(y.span()[j], exact, 8e-7 * magnitudes) << size << " " << reach;
        ASSERT_NEAR(plain[j], exact, 8e-7 * magnitudes) << size << " " << reach;
      }
      ASSERT_TRUE(y.guards_intact());
    }
  }
}

INKLING_FOR_EACH_INSTRUCTION_SET(CachedAttentionTest);

}  // namespace
}  // namespace inkling::math
