// Whether somebody who failed lately is asked again. Closed: everybody asks. Open, after `failures` calls in a row
// that failed: nobody does for `rest_ms`. Then half open: one call tries, and closes or opens it. Who was admitted
// says exactly once how it went. Thread safety: any thread. Cost: one mutex. Failure: never.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>

namespace inkling::server {

class CircuitBreaker {
 public:
  CircuitBreaker(std::size_t failures, std::int64_t rest_ms) : most_failures_(failures), rest_ms_(rest_ms) {}

  // True: ask, then say succeeded() or failed().
  [[nodiscard]] bool admits(std::int64_t now_ms) {
    const std::lock_guard lock(mutex_);
    if (failures_ < most_failures_) return true;
    if (trying_ || now_ms < open_until_ms_) return false;
    return trying_ = true;
  }
  void succeeded() {
    const std::lock_guard lock(mutex_);
    trying_ = false;
    failures_ = 0;
  }
  void failed(std::int64_t now_ms) {
    const std::lock_guard lock(mutex_);
    ++failures_;
    // Calls that were under way when it opened say nothing new.
    if (failures_ == most_failures_ || trying_) open_until_ms_ = now_ms + rest_ms_;
    if (failures_ == most_failures_) ++opened_;
    trying_ = false;
  }

  [[nodiscard]] bool is_open() const {
    const std::lock_guard lock(mutex_);
    return failures_ >= most_failures_;
  }
  // How often it opened after it had been closed.
  [[nodiscard]] std::uint64_t opened() const {
    const std::lock_guard lock(mutex_);
    return opened_;
  }

 private:
  const std::size_t most_failures_;
  const std::int64_t rest_ms_;
  mutable std::mutex mutex_;
  std::size_t failures_ = 0;  // in a row
  std::int64_t open_until_ms_ = 0;
  bool trying_ = false;  // half open, and somebody asks
  std::uint64_t opened_ = 0;
};

}  // namespace inkling::server
