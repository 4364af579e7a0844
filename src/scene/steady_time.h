// Time that only moves forward, for deadlines and durations; what the calendar says is base::Clock. Passed in, never
// fetched, so tests decide how long a stage takes.
#pragma once

#include <chrono>
#include <cstdint>

namespace inkling::scene {

// Thread safety: now_us() may be called from any thread. Microseconds since an arbitrary moment.
class SteadyTime {
 public:
  virtual ~SteadyTime() = default;
  [[nodiscard]] virtual std::int64_t now_us() const = 0;
};

class SystemSteadyTime final : public SteadyTime {
 public:
  [[nodiscard]] std::int64_t now_us() const override {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
  }
};

// The moment by which an answer is due. Borrows its time.
class Deadline {
 public:
  Deadline(const SteadyTime& time, std::int64_t due_us) : time_(&time), due_us_(due_us) {}
  [[nodiscard]] std::int64_t remaining_us() const { return due_us_ - time_->now_us(); }
  [[nodiscard]] bool passed() const { return remaining_us() <= 0; }

 private:
  const SteadyTime* time_;
  std::int64_t due_us_;
};

}  // namespace inkling::scene
