#include "server/live_watch.h"

#include <chrono>

namespace inkling::server {

void LiveWatch::start() {
  thread_ = std::jthread([this] { follow(); });
}

void LiveWatch::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void LiveWatch::nudge() {
  {
    const std::lock_guard lock(mutex_);
    nudged_ = true;
  }
  changed_.notify_all();
}

std::uint64_t LiveWatch::failures() const {
  const std::lock_guard lock(mutex_);
  return failures_;
}

void LiveWatch::follow() {
  while (wait()) {
    const base::Status status = look_();
    if (status.ok()) continue;
    {
      const std::lock_guard lock(mutex_);
      ++failures_;
    }
    if (log_) log_(failed_ + ": " + status.message());
  }
}

// False: it is time to stop.
bool LiveWatch::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(kLookMs), [&] { return stopping_ || nudged_; });
  nudged_ = false;
  return !stopping_;
}

}  // namespace inkling::server
