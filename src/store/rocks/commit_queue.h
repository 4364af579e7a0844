// Group commit: callers queue up, the one in front commits everything queued so far and wakes the others. While it
// waits for the disk the next group gathers, so one sync serves all who wait at that moment.
//
// Thread safety: submit from any thread; `commit` runs on one thread at a time, seeing all that the last call did.
// Cost: no thread of its own, one lock and at most two wake-ups a call.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <vector>

#include "base/core/result.h"
#include "store/rocks/prepared_append.h"
#include "store/store.h"

namespace inkling::store::rocks {

// One caller's append on its way: `receipt` or `status` is what came of it.
struct PendingAppend {
  PreparedAppend prepared;
  AppendReceipt receipt;
  base::Status status;

  std::condition_variable turn;
  bool done = false;
};

class CommitQueue {
 public:
  using Commit = std::function<void(std::span<PendingAppend* const>)>;
  explicit CommitQueue(Commit commit) : commit_(std::move(commit)) {}

  // Returns when `mine` has been through `commit`.
  void submit(PendingAppend& mine);
  // Appends on their way, those being committed included.
  [[nodiscard]] std::size_t waiting_count() const;

 private:
  void take_group();

  Commit commit_;
  mutable std::mutex mutex_;
  std::deque<PendingAppend*> waiting_;  // the front one commits
  std::vector<PendingAppend*> group_;   // of the committing thread alone
};

}  // namespace inkling::store::rocks
