// Prepares a list of batches ahead of the training thread, in order. Not for choosing or ordering samples
// (epoch_order.h).
//
// `threads` threads copy records out of the memory-mapped shards, so that page faults and padding happen beside the
// computing; 0 prepares each batch when it is asked for. The batches and their order are the same for every number of
// threads. Memory: at most 2 x threads batches lie ready. Ownership: borrows the data, which must outlive it.
// Thread safety: one caller. Failure: what a thread throws (LibTorch, memory) is thrown by next().
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "train/sequence_data.h"

namespace inkling::train {

using BatchList = std::vector<std::vector<SampleRef>>;

class BatchLoader {
 public:
  // From batches[first] on.
  BatchLoader(const SequenceData& data, const BatchList& batches, std::size_t first, int threads);
  ~BatchLoader();
  BatchLoader(const BatchLoader&) = delete;
  BatchLoader& operator=(const BatchLoader&) = delete;

  [[nodiscard]] bool done() const { return taken_ >= batches_.size(); }
  // The next batch of the list; waits for it if need be. Not when done().
  [[nodiscard]] Batch next();
  // How long next() took so far: what the caller lost by waiting.
  [[nodiscard]] double waited_seconds() const { return waited_seconds_; }

 private:
  struct Slot {
    std::optional<Batch> batch;
    std::exception_ptr failure;
    [[nodiscard]] bool ready() const { return batch.has_value() || failure != nullptr; }
  };
  void work();
  [[nodiscard]] Slot prepare(std::size_t index) const;
  [[nodiscard]] Slot take();

  const SequenceData& data_;
  const BatchList& batches_;
  std::mutex mutex_;
  std::condition_variable room_, ready_;
  std::vector<Slot> slots_;  // batch i waits in slot i % size
  std::size_t claimed_ = 0;  // the next batch that no thread works on
  std::size_t taken_ = 0;    // the next batch to hand out
  bool stopped_ = false;
  double waited_seconds_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace inkling::train
