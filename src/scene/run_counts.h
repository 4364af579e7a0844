// How often a scene answered, and how often it could not answer as written. Thread safety: any thread; a snapshot may
// mix the moments of its numbers.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

namespace inkling::scene {

struct RunCounts {
  std::uint64_t runs = 0;
  std::uint64_t stage_failures = 0;      // runs that left the stages because one failed
  std::uint64_t deadline_misses = 0;     // runs that left them because time was over
  std::uint64_t overloads = 0;           // runs that did not start them because requests waited too long
  std::uint64_t unanswered = 0;          // runs that no fallback could answer either
  std::vector<std::uint64_t> fallbacks;  // runs answered by each rung of the ladder
};

class RunCounter {
 public:
  explicit RunCounter(std::size_t rungs) : fallbacks_(rungs) {}

  void count_run() { add(runs_); }
  void count_stage_failure() { add(stage_failures_); }
  void count_deadline_miss() { add(deadline_misses_); }
  void count_overload() { add(overloads_); }
  void count_unanswered() { add(unanswered_); }
  void count_fallback(std::size_t rung) { add(fallbacks_[rung]); }

  [[nodiscard]] RunCounts snapshot() const {
    RunCounts counts{runs_.load(),      stage_failures_.load(), deadline_misses_.load(),
                     overloads_.load(), unanswered_.load(),     {}};
    for (const auto& rung : fallbacks_) counts.fallbacks.push_back(rung.load());
    return counts;
  }

 private:
  using Count = std::atomic<std::uint64_t>;
  static void add(Count& count) { count.fetch_add(1, std::memory_order_relaxed); }
  Count runs_ = 0;
  Count stage_failures_ = 0;
  Count deadline_misses_ = 0;
  Count overloads_ = 0;
  Count unanswered_ = 0;
  std::vector<Count> fallbacks_;
};

}  // namespace inkling::scene
