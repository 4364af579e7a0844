// Whether the server may answer, and if not, why. Thread safety: any thread. Cost: one atomic load while ready.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace inkling::server {

class Readiness {
 public:
  void set_ready() { ready_.store(true); }
  void set_not_ready(std::string reason) {
    const std::lock_guard lock(mutex_);
    reason_ = std::move(reason);
    ready_.store(false);
  }

  // nullopt: ready.
  [[nodiscard]] std::optional<std::string> why_not() const {
    if (ready_.load()) return std::nullopt;
    const std::lock_guard lock(mutex_);
    return reason_;
  }

 private:
  std::atomic<bool> ready_{true};
  mutable std::mutex mutex_;
  std::string reason_;
};

}  // namespace inkling::server
