// Shuts for good at the first failed write, so that nothing is journaled on top of a state of affairs that memory and
// disk may see differently. Reading goes on; a restart, which recovers from the disk alone, opens the gate again.
// Thread safety: every call from any thread. Cost while open: one atomic load.
#pragma once

#include <atomic>
#include <mutex>
#include <string>

#include "base/core/result.h"

namespace inkling::store::rocks {

class WriteGate {
 public:
  void shut(const base::Status& cause) {
    const std::lock_guard lock(mutex_);
    if (shut_.load()) return;
    refusal_ = base::Status(cause.code(), "no more events are accepted since a write failed (" + cause.message() +
                                              "); free or repair the disk, then restart");
    shut_.store(true);
  }
  [[nodiscard]] bool open() const { return !shut_.load(); }
  [[nodiscard]] base::Status check() const {
    if (open()) return {};
    const std::lock_guard lock(mutex_);
    return refusal_;
  }

 private:
  mutable std::mutex mutex_;
  std::atomic<bool> shut_{false};
  base::Status refusal_;
};

}  // namespace inkling::store::rocks
