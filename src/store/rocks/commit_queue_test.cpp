#include "store/rocks/commit_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace inkling::store::rocks {
namespace {

TEST(CommitQueueTest, commits_all_who_waited_as_one_group) {
  constexpr std::size_t kFollowers = 5;
  CommitQueue* queue = nullptr;
  std::vector<std::size_t> group_sizes;
  CommitQueue own([&](std::span<PendingAppend* const> group) {
    if (group_sizes.empty()) {
      while (queue->waiting_count() < 1 + kFollowers) std::this_thread::yield();
    }
    group_sizes.push_back(group.size());
  });
  queue = &own;
  std::vector<std::thread> callers;
  for (std::size_t i = 0; i < 1 + kFollowers; ++i) {
    callers.emplace_back([&] {
      PendingAppend pending;
      own.submit(pending);
    });
  }
  for (auto& caller : callers) caller.join();
  ASSERT_FALSE(group_sizes.empty());
  std::size_t total = 0;
  for (const std::size_t size : group_sizes) total += size;
  EXPECT_EQ(total, 1 + kFollowers);
  EXPECT_EQ(group_sizes.size(), 2U);
  EXPECT_EQ(own.waiting_count(), 0U);
}

TEST(CommitQueueTest, commits_every_append_once_and_one_group_at_a_time) {
  constexpr int kCallers = 8;
  constexpr int kAppends = 500;
  std::atomic<bool> busy{false};
  std::uint64_t committed = 0;  // plain: the queue itself must order the commits
  CommitQueue queue([&](std::span<PendingAppend* const> group) {
    EXPECT_FALSE(busy.exchange(true));
    for (PendingAppend* pending : group) {
      EXPECT_EQ(pending->receipt.accepted, 0U);
      pending->receipt.accepted = 1;
      pending->receipt.last_sequence = ++committed;
    }
    busy.store(false);
  });
  std::vector<std::thread> callers;
  for (int c = 0; c < kCallers; ++c) {
    callers.emplace_back([&] {
      std::uint64_t last = 0;
      for (int i = 0; i < kAppends; ++i) {
        PendingAppend pending;
        queue.submit(pending);
        EXPECT_EQ(pending.receipt.accepted, 1U);
        EXPECT_GT(pending.receipt.last_sequence, last);
        last = pending.receipt.last_sequence;
      }
    });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(committed, static_cast<std::uint64_t>(kCallers * kAppends));
}

}  // namespace
}  // namespace inkling::store::rocks
