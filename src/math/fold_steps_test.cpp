#include "math/fold_steps.h"

#include <cmath>

#include "math/fold_plain.h"
#include "math/instruction_set_test.h"

namespace inkling::math {
namespace {

const std::vector<std::size_t> kWidths = {0, 1, 3, 4, 8, 15, 16, 17, 32, 67};
const std::vector<std::size_t> kRows = {0, 1, 2, 7};

std::vector<float> draw(std::size_t size, base::Random& random) {
  std::vector<float> values(size);
  for (float& value : values) value = static_cast<float>(random.uniform(-2, 2));
  return values;
}

void expect_close(const std::vector<float>& found, const std::vector<float>& expected, const char* what) {
  double magnitude = 1e-3;
  for (const float value : expected) magnitude = std::max(magnitude, std::abs(static_cast<double>(value)));
  for (std::size_t i = 0; i < expected.size(); ++i) ASSERT_NEAR(found[i], expected[i], 1e-5 * magnitude) << what << i;
}

using FoldStepsTest = InstructionSetTest;

TEST_P(FoldStepsTest, folded_matrices_equal_the_reference) {
  base::Random random(10);
  for (const std::size_t width : kWidths) {
    for (const std::size_t rows : kRows) {
      const auto a = draw(rows * width, random), p = draw(rows * width, random), by_column = draw(width, random);
      std::vector<float> found(a.size()), expected(a.size());
      if (width > 0) {
        fold_columns(a, p, by_column, found);
        reference::fold_columns<float>(a, p, by_column, expected);
        expect_close(found, expected, "by columns ");
      }
      const auto by_row = draw(rows, random);
      if (rows == 0) continue;
      fold_rows(a, p, by_row, found);
      reference::fold_rows<float>(a, p, by_row, expected);
      expect_close(found, expected, "by rows ");
    }
  }
}

TEST_P(FoldStepsTest, gradients_equal_the_reference) {
  base::Random random(11);
  for (const std::size_t width : kWidths) {
    for (const std::size_t rows : kRows) {
      if (width == 0) continue;
      const auto gradient = draw(rows * width, random), p = draw(rows * width, random), x = draw(width, random);
      auto of_a = draw(p.size(), random), of_p = draw(p.size(), random), of_x = draw(width, random);
      auto wanted_a = of_a, wanted_p = of_p, wanted_x = of_x;
      fold_columns_back(gradient, p, x, {of_a, of_p, of_x});
      reference::fold_columns_back<float>(gradient, p, x, {wanted_a, wanted_p, wanted_x});
      expect_close(of_a, wanted_a, "a ");
      expect_close(of_p, wanted_p, "p ");
      expect_close(of_x, wanted_x, "x ");
    }
  }
}

INKLING_FOR_EACH_INSTRUCTION_SET(FoldStepsTest);

}  // namespace
}  // namespace inkling::math
