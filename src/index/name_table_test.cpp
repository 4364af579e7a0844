#include "index/name_table.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "base/core/hash.h"

namespace inkling::index {
namespace {

std::uint64_t name(std::uint32_t row) {
  return base::mix64(row + 1);
}

TEST(NameTable, finds_every_name_after_it_grew) {
  NameTable table;
  for (std::uint32_t row = 0; row < 10'000; ++row) table.add(name(row));
  for (std::uint32_t row = 0; row < 10'000; ++row) ASSERT_EQ(table.find(name(row)), row);
  EXPECT_EQ(table.find(name(10'000)), std::nullopt);
}

TEST(NameTable, shows_a_reader_no_rows_of_later_snapshots) {
  NameTable table;
  table.add(name(0));
  const NameTable::View view = table.view();
  table.add(name(1));
  EXPECT_EQ(view.find(name(0), 1), 0U);
  EXPECT_EQ(view.find(name(1), 1), std::nullopt);
  EXPECT_EQ(table.view().find(name(1), 2), 1U);
  EXPECT_EQ(NameTable::View().find(name(0), 0), std::nullopt);
}

TEST(NameTable, tells_names_apart_that_fall_on_one_place) {
  NameTable table;
  table.add(5);
  table.add(5 + 64);
  table.add(5 + 128);
  EXPECT_EQ(table.find(5 + 64), 1U);
  EXPECT_EQ(table.find(5 + 128), 2U);
  EXPECT_EQ(table.find(5 + 192), std::nullopt);
}

TEST(NameTable, may_be_read_while_it_grows) {
  NameTable table;
  for (std::uint32_t row = 0; row < 100; ++row) table.add(name(row));
  const NameTable::View view = table.view();
  std::atomic<bool> wrong = false;
  std::thread reader([&] {
    for (std::uint32_t row = 0; row < 5'000; ++row) {
      wrong = wrong || view.find(name(row % 100), 100) != row % 100 || view.find(name(100 + row), 100).has_value();
    }
  });
  for (std::uint32_t row = 100; row < 5'000; ++row) table.add(name(row));
  reader.join();
  EXPECT_FALSE(wrong);
}

}  // namespace
}  // namespace inkling::index
