#include "math/code_dots.h"

#include <vector>

#include "math/instruction_set_test.h"

namespace inkling::math {
namespace {

using CodeDotsTest = InstructionSetTest;

std::vector<CodeStep> drawn_codes(std::size_t steps, base::Random& random) {
  std::vector<CodeStep> blocks(steps);
  for (CodeStep& step : blocks) {
    for (std::int8_t& code : step.codes) code = static_cast<std::int8_t>(kMaxCode - random.below(2 * kMaxCode + 1));
  }
  return blocks;
}

std::vector<EntryPair> drawn_vectors(std::size_t count, int largest, base::Random& random) {
  std::vector<EntryPair> vectors(count);
  const auto drawn = [&] { return static_cast<std::int16_t>(random.uniform(-largest, largest)); };
  for (EntryPair& pair : vectors) pair = {drawn(), drawn()};
  return vectors;
}

TEST(CodeDotsReferenceTest, matches_a_hand_computed_example) {
  std::vector<CodeStep> block(2);  // rows of four columns
  block[0].codes[0] = 1, block[0].codes[1] = -2, block[1].codes[0] = 3, block[1].codes[1] = 4;  // first row
  block[1].codes[31] = 127;                                                                     // last row
  const std::vector<EntryPair> vectors = {{10, 20}, {-1, 2}, {0, 0}, {0, 1000}};
  std::vector<std::int32_t> sums(2 * kCodeRows);
  reference::code_dots(block, vectors, 2, sums);
  EXPECT_EQ(sums[0], 10 - 40 - 3 + 8);
  EXPECT_EQ(sums[15], 254);
  EXPECT_EQ(sums[16], 4000);
  EXPECT_EQ(sums[31], 127000);
  EXPECT_EQ(sums[1], 0);
}

TEST(CodeDotsReferenceTest, finds_what_reaches_the_threshold_and_what_meets_it) {
  const std::vector<std::int32_t> sums = {10, -10, 4, 5};
  const std::vector<float> scales = {1, 1, 2, 2};
  std::vector<std::uint32_t> reaching(4);
  ASSERT_EQ(reference::find_reaching(sums, scales, 2, 12, reaching), 3U);
  EXPECT_EQ(std::vector<std::uint32_t>(reaching.begin(), reaching.begin() + 3),
            (std::vector<std::uint32_t>{0, 2, 3}));
}

TEST_P(CodeDotsTest, sums_equal_the_reference_for_every_number_of_columns_and_vectors) {
  base::Random random(1);
  for (const std::size_t columns : {0u, 1u, 2u, 3u, 31u, 64u, 65u, 300u, 1200u}) {
    for (const std::size_t queries : {1u, 2u, 4u, 5u, 9u}) {
      const std::size_t pairs = entry_pairs(columns), rows = 3 * kCodeRows;
      const auto blocks = drawn_codes(3 * pairs, random);
      const auto vectors = drawn_vectors(queries * pairs, max_entry(columns), random);
      std::vector<std::int32_t> sums(queries * rows, 7), expected(queries * rows, 8);
      code_dots(blocks, vectors, queries, sums);
      reference::code_dots(blocks, vectors, queries, expected);
      EXPECT_EQ(sums, expected) << columns << " columns, " << queries << " vectors";
    }
  }
}

TEST_P(CodeDotsTest, the_largest_sums_stay_within_32_bits) {
  for (const std::size_t columns : {1u, 64u, 257u, 516u, 518u, 4096u}) {
    const std::size_t pairs = entry_pairs(columns);
    std::vector<CodeStep> block(pairs);
    for (CodeStep& step : block) step.codes.fill(-kMaxCode);
    const auto largest = static_cast<std::int16_t>(max_entry(columns));
    const std::vector<EntryPair> vector(pairs, EntryPair{largest, largest});
    std::vector<std::int32_t> sums(kCodeRows);
    code_dots(block, vector, 1, sums);
    const std::int64_t expected =
        -static_cast<std::int64_t>(kMaxCode) * largest * 2 * static_cast<std::int64_t>(pairs);
    for (const std::int32_t sum : sums) EXPECT_EQ(sum, expected) << columns;
  }
}

TEST_P(CodeDotsTest, finds_what_the_reference_finds_at_every_length) {
  base::Random random(2);
  for (const std::size_t size : kLengths) {
    std::vector<std::int32_t> sums(size);
    std::vector<float> scales(size);
    for (std::int32_t& sum : sums) sum = static_cast<std::int32_t>(random.uniform(-2e9, 2e9));
    for (float& scale : scales) scale = static_cast<float>(random.uniform(0, 1e-3));
    for (const float threshold : {-1e9f, 0.0f, 1.2e6f, 1e9f}) {
      std::vector<std::uint32_t> reaching(size), expected(size);
      const std::size_t count = find_reaching(sums, scales, 3e7f, threshold, reaching);
      ASSERT_EQ(count, reference::find_reaching(sums, scales, 3e7f, threshold, expected)) << size;
      reaching.resize(count), expected.resize(count);
      EXPECT_EQ(reaching, expected) << size << " over " << threshold;
    }
  }
}

INKLING_FOR_EACH_INSTRUCTION_SET(CodeDotsTest);

}  // namespace
}  // namespace inkling::math
