// Writes states out lazily: on a thread of its own once enough shoppers or events have gathered, or when asked.
// Start-up then folds only the journal's tail. Crash safety needs no single big batch: states carry their own
// sequence, they lie behind their journal entries in one log, and the checkpoint's number moves last; so after a
// crash anywhere the number on disk is one that all states on disk have reached.
//
// Thread safety: every call from any thread, but start and the destructor from the owner's.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "base/core/result.h"
#include "store/rocks/database.h"
#include "store/rocks/state_cache.h"
#include "store/rocks/write_gate.h"
#include "store/store.h"

namespace inkling::store::rocks {

class Checkpointer {
 public:
  Checkpointer(const Database& database, StateCache& states, WriteGate& gate, const StoreOptions& options,
               std::uint64_t checkpoint_sequence);
  ~Checkpointer();  // waits for a checkpoint being written
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  [[nodiscard]] base::Status start();
  // Writes now. Failure shuts the gate.
  [[nodiscard]] base::Status write();
  // Called after every append: wakes the thread when a threshold has passed. When the thread has fallen so far behind
  // that memory would grow without bound, the caller writes instead, which slows the appends down to the disk's pace.
  void consider();
  [[nodiscard]] bool due() const;
  [[nodiscard]] std::uint64_t sequence() const { return sequence_.load(); }

 private:
  void run();
  [[nodiscard]] bool overdue() const;

  const Database& database_;
  StateCache& states_;
  WriteGate& gate_;
  std::size_t dirty_limit_;
  std::uint64_t event_limit_;
  std::atomic<std::uint64_t> sequence_;
  std::mutex writing_;

  std::mutex mutex_;  // of the two flags
  std::condition_variable wake_;
  bool wanted_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace inkling::store::rocks
