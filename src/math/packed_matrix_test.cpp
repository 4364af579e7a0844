#include "math/packed_matrix.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <vector>

namespace inkling::math {
namespace {

std::vector<float> counted(std::size_t size) {
  std::vector<float> values(size);
  std::iota(values.begin(), values.end(), 0.0f);
  return values;
}

TEST(PackedMatrixTest, finds_every_entry_again_from_rows_and_from_columns) {
  for (const std::size_t columns : {1u, 5u, 63u, 64u, 65u, 192u}) {
    for (const std::size_t depth : {1u, 7u, 64u}) {
      const std::vector<float> values = counted(depth * columns);
      const auto rows = PackedMatrix::from_rows(values, columns),
                 turned = PackedMatrix::from_columns(values, columns);
      ASSERT_EQ(rows.depth(), depth);
      ASSERT_EQ(turned.depth(), depth);
      ASSERT_EQ(turned.columns(), columns);
      for (std::size_t row = 0; row < depth; ++row) {
        for (std::size_t column = 0; column < columns; ++column) {
          ASSERT_EQ(rows.at(row, column), values[row * columns + column]);
          ASSERT_EQ(turned.at(row, column), values[column * depth + row]);
        }
      }
    }
  }
}

TEST(PackedMatrixTest, reads_a_panel_in_the_order_of_memory_from_a_cache_line_on) {
  const std::vector<float> values = counted(3 * 100);
  const auto packed = PackedMatrix::from_rows(values, 100);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(packed.panel(0)) % 64, 0u);
  EXPECT_EQ(packed.panel_width(64), 36u);
  EXPECT_EQ(packed.panel(0)[64], 100.0f);       // row 1, column 0
  EXPECT_EQ(packed.panel(64)[36 + 1], 165.0f);  // row 1, column 65
}

TEST(PackedGatesTest, finds_every_entry_again) {
  for (const std::size_t hidden : {1u, 5u, 31u, 32u, 33u, 64u}) {
    for (const std::size_t gates : {3u, 4u}) {
      const std::vector<float> values = counted(gates * hidden * hidden);
      const PackedGates packed(values, gates, hidden);
      for (std::size_t gate = 0; gate < gates; ++gate) {
        for (std::size_t to = 0; to < hidden; ++to) {
          for (std::size_t from = 0; from < hidden; ++from) {
            ASSERT_EQ(packed.at(gate, to, from), values[(gate * hidden + to) * hidden + from]) << hidden;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace inkling::math
