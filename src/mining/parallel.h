// Independent pieces of work on some threads. Thread safety: `work` must bear being called from several at once, for
// different pieces. Cost: starts the threads at every call.
#pragma once

#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace inkling::mining {

// work(i) for every i below `count`, in any order; returns when all are done.
template <typename Work>
void each_in_parallel(std::size_t count, std::size_t threads, const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < threads && i < count; ++i) others.emplace_back(run);
  run();
  for (std::thread& thread : others) thread.join();
}

}  // namespace inkling::mining
