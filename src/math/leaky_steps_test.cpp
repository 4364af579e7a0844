#include "math/leaky_steps.h"

#include <cmath>

#include "math/instruction_set_test.h"
#include "math/leaky_plain.h"

namespace inkling::math {
namespace {

const std::vector<std::size_t> kWidths = {1, 3, 4, 8, 15, 16, 17, 40, 48, 67, 80};
const std::vector<std::size_t> kCounts = {0, 1, 2, 5, 25};
constexpr float kSlope = 0.1f;

std::vector<float> draw(std::size_t size, base::Random& random) {
  std::vector<float> values(size);
  for (float& value : values) value = static_cast<float>(random.uniform(-2, 2));
  return values;
}

void expect_close(const std::vector<float>& found, const std::vector<float>& expected, const char* what) {
  ASSERT_EQ(found.size(), expected.size());
  double magnitude = 1e-3;
  for (const float value : expected) magnitude = std::max(magnitude, std::abs(static_cast<double>(value)));
  for (std::size_t i = 0; i < found.size(); ++i) ASSERT_NEAR(found[i], expected[i], 1e-5 * magnitude) << what << i;
}

using LeakyStepsTest = InstructionSetTest;

TEST_P(LeakyStepsTest, units_equal_the_reference) {
  base::Random random(5);
  for (const std::size_t width : kWidths) {
    for (const std::size_t count : kCounts) {
      const std::vector<float> shift = draw(width, random);
      std::vector<float> found = draw(count * width, random), expected = found;
      leaky_units(kSlope, shift, found);
      reference::leaky_units<float>(kSlope, shift, expected);
      expect_close(found, expected, "unit ");
      std::vector<float> gradients = draw(count * width, random), wanted = gradients;
      std::vector<float> sums = draw(width, random), wanted_sums = sums;
      leaky_units_back(kSlope, found, gradients, sums);
      reference::leaky_units_back<float>(kSlope, found, wanted, wanted_sums);
      expect_close(gradients, wanted, "gradient ");
      expect_close(sums, wanted_sums, "sum ");
    }
  }
}

TEST_P(LeakyStepsTest, units_need_no_shift) {
  base::Random random(6);
  for (const std::size_t size : kWidths) {
    std::vector<float> found = draw(size, random), expected = found;
    leaky_units(0, {}, found);
    reference::leaky_units<float>(0, {}, expected);
    expect_close(found, expected, "unit ");
    std::vector<float> gradients = draw(size, random), wanted = gradients;
    leaky_units_back(0, found, gradients, {});
    reference::leaky_units_back<float>(0, found, wanted, {});
    expect_close(gradients, wanted, "gradient ");
  }
}

TEST_P(LeakyStepsTest, scores_equal_the_reference) {
  base::Random random(7);
  for (const std::size_t width : kWidths) {
    for (const std::size_t count : kCounts) {
      const std::vector<float> query = draw(width, random);
      std::vector<float> rows = draw(count * width, random), wanted_rows = rows;
      std::vector<float> scores(count), wanted_scores(count);
      leaky_scores(kSlope, query, rows, scores);
      reference::leaky_scores<float>(kSlope, query, wanted_rows, wanted_scores);
      expect_close(rows, wanted_rows, "row ");
      expect_close(scores, wanted_scores, "score ");
    }
  }
}

INKLING_FOR_EACH_INSTRUCTION_SET(LeakyStepsTest);

}  // namespace
}  // namespace inkling::math
