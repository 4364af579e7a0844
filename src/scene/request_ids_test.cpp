#include "scene/request_ids.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

namespace inkling::scene {
namespace {

TEST(RequestIds, tell_processes_and_requests_apart) {
  RequestIds one(0xabc);
  RequestIds other(0xabd);
  EXPECT_EQ(one.next(), "abc-1");
  EXPECT_EQ(one.next(), "abc-2");
  EXPECT_EQ(other.next(), "abd-1");
}

TEST(RequestIds, are_unique_across_threads) {
  constexpr std::size_t kPerThread = 500;
  RequestIds ids(1);
  std::vector<std::vector<std::string>> drawn(4);
  std::vector<std::thread> threads;
  for (auto& mine : drawn) {
    threads.emplace_back([&ids, &mine] {
      for (std::size_t i = 0; i < kPerThread; ++i) mine.push_back(ids.next());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> unique;
  for (const auto& mine : drawn) unique.insert(mine.begin(), mine.end());
  EXPECT_EQ(unique.size(), drawn.size() * kPerThread);
}

}  // namespace
}  // namespace inkling::scene
