#include "math/unit_bits.h"

#include <cmath>

#include "math/instruction_set_test.h"
#include "math/unit_bits_plain.h"

namespace inkling::math {
namespace {

const std::vector<std::size_t> kUnitCounts = {8, 16, 24, 40, 64, 72, 136};
const std::vector<std::size_t> kWidths = {1, 3, 4, 7, 16, 17, 31, 32, 48, 53, 80};
const std::vector<std::size_t> kCounts = {0, 1, 2, 3, 4, 51, 52, 53, 100};
constexpr float kSlope = 0.1F;

std::vector<float> draw(std::size_t size, base::Random& random) {
  std::vector<float> values(size);
  for (float& value : values) value = static_cast<float>(random.uniform(-2, 2));
  return values;
}

std::vector<std::uint8_t> draw_bits(std::size_t size, base::Random& random) {
  std::vector<std::uint8_t> bits(size);
  for (std::uint8_t& byte : bits) byte = static_cast<std::uint8_t>(random.below(256));
  return bits;
}

// `magnitude`: of what was added up, where that may cancel.
void expect_close(const std::vector<float>& found, const std::vector<float>& expected, const char* what,
                  double magnitude = 1e-3) {
  ASSERT_EQ(found.size(), expected.size());
  for (const float value : expected) magnitude = std::max(magnitude, std::abs(static_cast<double>(value)));
  for (std::size_t i = 0; i < found.size(); ++i) ASSERT_NEAR(found[i], expected[i], 1e-5 * magnitude) << what << i;
}

template <class Check>
void for_each_size(const Check& check) {
  for (const std::size_t units : kUnitCounts) {
    for (const std::size_t width : kWidths) {
      for (const std::size_t count : kCounts) check(units, width, count);
    }
  }
}

using UnitBitsTest = InstructionSetTest;

TEST_P(UnitBitsTest, scores_equal_the_reference_and_bits_are_the_same) {
  base::Random random(5);
  for (const std::size_t units : kUnitCounts) {
    for (const std::size_t count : kCounts) {
      const std::vector<float> query = draw(units, random);
      std::vector<float> rows = draw(count * units, random), scores(count), wanted(count);
      for (float& value : rows) value = random.chance(0.1) ? 0 : value;
      std::vector<std::uint8_t> bits = draw_bits(count * units / 8, random), wanted_bits = bits;
      unit_scores(kSlope, query, rows, scores, bits);
      reference::unit_scores<float>(kSlope, query, rows, wanted, wanted_bits);
      expect_close(scores, wanted, "score ");
      EXPECT_EQ(bits, wanted_bits);
    }
  }
}

TEST_P(UnitBitsTest, chosen_sums_equal_the_reference) {
  base::Random random(6);
  for_each_size([&](std::size_t units, std::size_t width, std::size_t count) {
    const SubsetSums<float> sums(draw(units * width, random), draw(width, random));
    const auto bits = draw_bits(count * units / 8, random);
    const auto factors = draw(count, random), outputs = draw(count * width, random);
    std::vector<float> gradients(count * width), wanted(count * width);
    std::vector<float> shift = draw(width, random), wanted_shift = shift;
    chosen_sums_back(sums, bits, factors, kSlope, outputs, gradients, shift);
    reference::chosen_sums_back<float>(sums, bits, factors, kSlope, outputs, wanted, wanted_shift);
    expect_close(gradients, wanted, "gradient ");
    double magnitude = 0;
    for (const float gradient : wanted) magnitude += std::abs(gradient) / static_cast<double>(width);
    expect_close(shift, wanted_shift, "shift ", magnitude);
  });
}

TEST_P(UnitBitsTest, chosen_rows_equal_the_reference) {
  base::Random random(7);
  for_each_size([&](std::size_t units, std::size_t width, std::size_t count) {
    const auto bits = draw_bits(count * units / 8, random);
    const auto factors = draw(count, random), x = draw(count * width, random);
    std::vector<float> found = draw((units + 1) * width, random), expected = found;
    std::vector<float> counts = draw(units + 1, random), wanted = counts;
    add_chosen_rows(bits, factors, x, found, counts);
    reference::add_chosen_rows<float>(bits, factors, x, expected, wanted);
    expect_close(found, expected, "sum ");
    expect_close(counts, wanted, "count ");
  });
}

TEST(SubsetSumsTest, keep_the_rows_they_are_made_of) {
  base::Random random(8);
  const std::vector<float> rows = draw(16 * 37, random), base = draw(37, random);
  const SubsetSums<float> sums(rows, base);
  ASSERT_EQ(sums.units(), 16U);
  for (std::size_t i = 0; i < rows.size(); ++i) ASSERT_EQ(sums.at(i / 37, i % 37), rows[i]);
}

INKLING_FOR_EACH_INSTRUCTION_SET(UnitBitsTest);

}  // namespace
}  // namespace inkling::math
