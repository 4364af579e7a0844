#include "apps/cli/driver_pacer.h"

#include <algorithm>

namespace inkling::cli {

std::int64_t simulated_start_ms(std::int64_t wall_ms, double speed, std::int64_t length_ms) {
  const auto ahead_ms = static_cast<std::int64_t>(static_cast<double>(length_ms) * std::max(speed - 1, 0.0));
  return wall_ms - std::max<std::int64_t>(ahead_ms - kMostAheadMs, 0);
}

WallPacer::WallPacer(const base::Clock& wall, double speed, std::int64_t length_ms)
    : wall_(wall),
      speed_(speed),
      start_ms_(simulated_start_ms(wall.now_ms(), speed, length_ms)),
      end_(length_ms > 0 ? begin_ + std::chrono::milliseconds(length_ms) : Steady::time_point::max()) {}

std::int64_t WallPacer::now_ms() const {
  const std::chrono::duration<double, std::milli> passed = Steady::now() - begin_;
  const auto simulated_ms = start_ms_ + static_cast<std::int64_t>(passed.count() * speed_);
  return std::min(simulated_ms, wall_.now_ms() + kMostAheadMs);
}

bool WallPacer::wait_real(std::unique_lock<std::mutex>& lock, double real_ms) {
  const auto wanted = Steady::now() + std::chrono::duration_cast<Steady::duration>(
                                          std::chrono::duration<double, std::milli>(std::max(real_ms, 0.0)));
  closed_changed_.wait_until(lock, std::min(wanted, end_), [this] { return closed_; });
  return !closed_ && Steady::now() < end_;
}

bool WallPacer::wait_until(std::int64_t ts_ms) {
  std::unique_lock lock(mutex_);
  if (closed_ || Steady::now() >= end_) return false;
  while (true) {
    const std::int64_t missing_ms = ts_ms - now_ms();
    if (missing_ms <= 0) return true;
    const double real_ms = std::min(static_cast<double>(missing_ms) / speed_, static_cast<double>(kLongestWaitMs));
    if (!wait_real(lock, real_ms)) return false;
  }
}

bool WallPacer::pause(std::int64_t real_ms) {
  std::unique_lock lock(mutex_);
  return wait_real(lock, static_cast<double>(real_ms));
}

void WallPacer::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  closed_changed_.notify_all();
}

bool WallPacer::closes_within(std::int64_t real_ms) {
  std::unique_lock lock(mutex_);
  return !wait_real(lock, static_cast<double>(real_ms));
}

}  // namespace inkling::cli
