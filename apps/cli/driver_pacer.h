// Simulated time that passes `speed` times as fast as the clock on the wall, until the shop closes.
//
// It begins at the wall's time and runs ahead of it, because a server judges a shopper at the time of their newest
// event when that lies ahead, but takes a session for over when it lies behind. It is never more than kMostAheadMs
// ahead, where servers begin to refuse events: when a run of known length would be, it begins in the past instead,
// and one of unknown length goes on at the wall's pace. Thread safety: any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "base/core/clock.h"
#include "sim/pacer.h"

namespace inkling::cli {

inline constexpr std::int64_t kMostAheadMs = 23 * base::kHourMs;

// Where simulated time begins. length_ms 0: it ends nobody knows when.
[[nodiscard]] std::int64_t simulated_start_ms(std::int64_t wall_ms, double speed, std::int64_t length_ms);

class WallPacer final : public sim::Pacer {
 public:
  // The shop closes after length_ms of real time; 0: when told to. `wall` outlives the pacer.
  WallPacer(const base::Clock& wall, double speed, std::int64_t length_ms);

  [[nodiscard]] bool wait_until(std::int64_t ts_ms) override;
  [[nodiscard]] bool pause(std::int64_t real_ms) override;
  [[nodiscard]] std::int64_t now_ms() const override;

  [[nodiscard]] std::int64_t start_ms() const { return start_ms_; }
  void close() override;
  // Returns true when it closed, false after real_ms.
  [[nodiscard]] bool closes_within(std::int64_t real_ms);

 private:
  using Steady = std::chrono::steady_clock;
  // Nobody waits longer without looking at the clock again.
  static constexpr std::int64_t kLongestWaitMs = 1000;

  [[nodiscard]] bool wait_real(std::unique_lock<std::mutex>& lock, double real_ms);

  const base::Clock& wall_;
  const double speed_;
  const std::int64_t start_ms_;
  const Steady::time_point begin_ = Steady::now();
  const Steady::time_point end_;
  mutable std::mutex mutex_;
  std::condition_variable closed_changed_;
  bool closed_ = false;
};

}  // namespace inkling::cli
