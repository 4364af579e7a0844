#include "store/rocks/commit_queue.h"

namespace inkling::store::rocks {
namespace {

// Bounds how long the first in a group waits for the bytes of the others.
constexpr std::size_t kGroupBytes = 8 * 1024 * 1024;

}  // namespace

void CommitQueue::submit(PendingAppend& mine) {
  std::unique_lock lock(mutex_);
  waiting_.push_back(&mine);
  mine.turn.wait(lock, [&] { return mine.done || waiting_.front() == &mine; });
  if (mine.done) return;
  take_group();
  lock.unlock();
  commit_(group_);
  lock.lock();
  for (PendingAppend* pending : group_) {
    waiting_.pop_front();
    pending->done = true;
    // Under the lock: once its caller sees done, the condition variable may be gone.
    pending->turn.notify_one();
  }
  if (!waiting_.empty()) waiting_.front()->turn.notify_one();
}

std::size_t CommitQueue::waiting_count() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

void CommitQueue::take_group() {
  group_.clear();
  std::size_t bytes = 0;
  for (PendingAppend* pending : waiting_) {
    bytes += pending->prepared.bytes();
    if (!group_.empty() && bytes > kGroupBytes) break;
    group_.push_back(pending);
  }
}

}  // namespace inkling::store::rocks
