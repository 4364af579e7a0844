// Journals what scenes showed, behind their answers: a bounded queue and a thread of its own that appends what waits,
// all of it in one batch. So no answer waits for the disk. At most once, unlike acknowledged events: what does not
// fit into the queue, what the store refuses and what a crash catches in the queue is lost, and all but the last
// counted.
//
// Ownership: borrows the store. Thread safety: start and stop from one thread, the rest from any. Cost: take() one
// mutex and one move; memory at most kQueueEvents impressions, some 2 KB each. A stop writes what waits.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "domain/event.h"
#include "server/server.h"
#include "store/store.h"

namespace inkling::server {

struct ImpressionCounts {
  std::uint64_t written = 0;
  std::uint64_t dropped = 0;  // the queue was full
  std::uint64_t failed = 0;   // the store refused
};

class ImpressionWriter {
 public:
  static constexpr std::size_t kQueueEvents = 4096;

  // `appended` is called after every append that came out well.
  ImpressionWriter(store::Store& store, LogSink log, std::function<void()> appended)
      : store_(store), log_(std::move(log)), appended_(std::move(appended)) {}
  ~ImpressionWriter() { stop(); }

  void start();
  // Writes what waits; what comes later is dropped.
  void stop();

  void take(domain::Event impression);
  [[nodiscard]] ImpressionCounts counts() const;

 private:
  void write_all();
  [[nodiscard]] std::vector<domain::Event> next_batch();
  void write(std::span<const domain::Event> batch);

  store::Store& store_;
  LogSink log_;
  std::function<void()> appended_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<domain::Event> waiting_;
  ImpressionCounts counts_;
  bool stopping_ = false;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace inkling::server
