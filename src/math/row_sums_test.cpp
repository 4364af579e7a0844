#include "math/row_sums.h"

#include "math/instruction_set_test.h"
#include "math/row_sums_plain.h"

namespace inkling::math {
namespace {

using RowSumsTest = InstructionSetTest;

TEST_P(RowSumsTest, sums_equal_the_reference) {
  base::Random random(8);
  for (const std::size_t size : kLengths) {
    for (const std::size_t count : {0, 1, 2, 7}) {
      std::vector<GuardedFloats> values;
      for (std::size_t r = 0; r < count; ++r) values.emplace_back(size, r % 3, random, -2, 2);
      std::vector<const float*> rows;
      for (auto& each : values) rows.push_back(each.span().data());
      GuardedFloats found(size, 1), expected(size, 1);
      sum_of_rows(rows, found.span());
      reference::sum_of_rows<float>(rows, expected.span());
      EXPECT_TRUE(found.guards_intact());
      EXPECT_TRUE(std::equal(found.span().begin(), found.span().end(), expected.span().begin())) << size;
    }
  }
}

TEST_P(RowSumsTest, rows_grow_as_in_the_reference_twice_where_one_stands_twice) {
  base::Random random(9);
  for (const std::size_t size : kLengths) {
    GuardedFloats x(size, 0, random, -2, 2), a(size, 1, random, -2, 2), b(size, 3, random, -2, 2);
    GuardedFloats expected_a = a, expected_b = b;
    const std::vector<float*> rows = {a.span().data(), b.span().data(), a.span().data()};
    add_to_each(x.span(), rows);
    const std::vector<float*> expected_rows = {expected_a.span().data(), expected_b.span().data(),
                                               expected_a.span().data()};
    reference::add_to_each<float>(x.span(), expected_rows);
    EXPECT_TRUE(a.guards_intact() && b.guards_intact());
    EXPECT_TRUE(std::equal(a.span().begin(), a.span().end(), expected_a.span().begin())) << size;
    EXPECT_TRUE(std::equal(b.span().begin(), b.span().end(), expected_b.span().begin())) << size;
  }
}

INKLING_FOR_EACH_INSTRUCTION_SET(RowSumsTest);

}  // namespace
}  // namespace inkling::math
