#include "index/shared_rows.h"

#include <gtest/gtest.h>

namespace inkling::index {
namespace {

using Numbers = SharedRows<int, 2>;

TEST(SharedRows, keep_what_was_published_while_rows_change_and_come) {
  Numbers rows;
  for (const int value : {1, 2, 3}) rows.push(value);
  const Numbers::Snapshot before = rows.publish();
  rows.edit(0) = 10;
  rows.push(4);
  rows.push(5);
  const Numbers::Snapshot after = rows.publish();
  ASSERT_EQ(before.size(), 3U);
  EXPECT_EQ(before[0], 1);
  EXPECT_EQ(before[2], 3);
  ASSERT_EQ(after.size(), 5U);
  EXPECT_EQ(after[0], 10);
  EXPECT_EQ(after[1], 2);
  EXPECT_EQ(after[4], 5);
}

TEST(SharedRows, share_chunks_that_did_not_change) {
  Numbers rows;
  for (const int value : {1, 2, 3, 4}) rows.push(value);
  const Numbers::Snapshot before = rows.publish();
  rows.edit(0) = 10;
  const Numbers::Snapshot after = rows.publish();
  EXPECT_NE(&before[1], &after[1]);
  EXPECT_EQ(&before[2], &after[2]);
}

TEST(SharedRows, copy_a_chunk_once_between_two_publications) {
  Numbers rows;
  rows.push(1);
  const Numbers::Snapshot before = rows.publish();
  const int* first = &rows.edit(0);
  EXPECT_NE(first, &before[0]);
  EXPECT_EQ(first, &rows.edit(0));
}

}  // namespace
}  // namespace inkling::index
